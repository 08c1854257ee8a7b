import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";

import { layers } from "../../../lib/graph/layer";
import { weightsOf } from "../../../lib/graph/weights";
import type { WeightSpecification } from "../../../lib/graph/weights";
import { initialValue, truncatedDeviation, weightKeyOf } from "../../../lib/networks/weights/initial-values";
import { createRandom } from "../../../lib/runtime/random";

const random = createRandom(1);
const moments = (values: Float32Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

describe("initialValue(specification, random)", () => {
  it("draws a convolution's kernel with the variance 2 / fanIn, cut off at two deviations", () => {
    const [kernel] = weightsOf(layers.convolution({ size: 3, filters: 128 }), [[8, 8, 64]]);
    const values = initialValue(kernel!, random.split("a"));
    equal(values.length, 3 * 3 * 64 * 128);
    const { mean, variance } = moments(values);
    const expected = 2 / (3 * 3 * 64);
    ok(Math.abs(mean) < 5 * Math.sqrt(expected / values.length));
    ok(Math.abs(variance / expected - 1) < 0.02, `${variance} is not ${expected}`);
    const bound = (2 * Math.sqrt(expected)) / truncatedDeviation;
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    ok(largest <= Math.fround(bound) && largest > 0.99 * bound);
  });

  it("takes the deviation of the cut distribution from its formula", () => {
    const density = Math.exp(-2) / Math.sqrt(2 * Math.PI);
    const inside = 0.9544997361036416;
    ok(Math.abs(truncatedDeviation - Math.sqrt(1 - (4 * density) / inside)) < 1e-12);
  });

  it("draws a dense layer's kernel evenly between ±√(6 / (fanIn + fanOut))", () => {
    const [kernel, bias] = weightsOf(layers.dense({ units: 300 }), [[100]]);
    const values = initialValue(kernel!, random.split("b"));
    const limit = Math.sqrt(6 / 400);
    const { mean, variance } = moments(values);
    ok(Math.abs(mean) < 0.01 * limit);
    ok(Math.abs(variance / (limit ** 2 / 3) - 1) < 0.02);
    ok(values.every((value) => Math.abs(value) <= Math.fround(limit)));
    ok(values.some((value) => Math.abs(value) > 0.99 * limit));
    deepEqual(initialValue(bias!, random), new Float32Array(300));
  });

  it("repeats a number", () => {
    const [kernel] = weightsOf(layers.depthwise({ size: 2, constant: 0.25 }), [[8, 8, 3]]);
    deepEqual(initialValue(kernel!, random), new Float32Array(12).fill(0.25));
    const start = weightsOf(layers.batchNormalisation(), [[2]]).map((weight) => [...initialValue(weight, random)]);
    deepEqual(start, [
      [1, 1],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  it("gives a key the same numbers whatever was drawn before, and another key others", () => {
    const [kernel] = weightsOf(layers.dense({ units: 4 }), [[4]]) as [WeightSpecification];
    const draw = (seed: number, node: string) => {
      const source = createRandom(seed);
      source.uniform();
      initialValue(kernel, source.split("other"));
      return initialValue(kernel, source.split(weightKeyOf(node, kernel.name)));
    };
    deepEqual(draw(7, "a"), initialValue(kernel, createRandom(7).split("a/kernel")));
    notDeepEqual(draw(7, "a"), draw(7, "b"));
    notDeepEqual(draw(7, "a"), draw(8, "a"));
  });
});
