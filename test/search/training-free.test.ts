import { equal, ok, throws } from "node:assert/strict";

import { startGraph } from "../../lib/graph/builder";
import { layers } from "../../lib/graph/layer";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { naswot, synflow } from "../../lib/search/training-free";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { initialValue } from "../../lib/networks/weights/initial-values";
import { namedWeightsOf } from "../../lib/graph/named-weights";

/** Dense layers without offsets behind each other, with or without a ReLU between them. */
function chain(sizes: readonly number[], relu = false) {
  const builder = startGraph("chain", { height: 2, width: 2, channels: 3 });
  let value = builder.add("flatten", layers.flatten(), builder.input);
  sizes.forEach((units, index) => {
    value = builder.add(`dense${index}`, layers.dense({ units, bias: false }), value);
    if (relu && index < sizes.length - 1) value = builder.add(`relu${index}`, layers.activation("relu"), value);
  });
  return builder.finish(value);
}

const near = (value: number, expected: number) => {
  ok(Math.abs(value - expected) < 1e-4 * Math.max(1, Math.abs(expected)), `${value} is not ${expected}`);
};

describe("synflow(graph, random)", () => {
  it("is for a chain of layers the number of layers times the flow through all of them", () => {
    const graph = chain([5, 4, 2]);
    // Each layer conserves the flow: the product of the absolute weights with ones on both sides.
    let flow = new Array<number>(12).fill(1);
    for (const { key, specification } of namedWeightsOf(graph)) {
      const [inputs, outputs] = specification.shape as [number, number];
      const weights = initialValue(specification, createRandom(3).split(key)).map(Math.abs);
      flow = Array.from({ length: outputs }, (_, to) =>
        flow.reduce((sum, value, from) => sum + value * weights[from * outputs + to]!, 0),
      );
      equal(inputs > 0, true);
    }
    near(synflow(graph, createRandom(3)), Math.log(3 * flow.reduce((a, b) => a + b, 0)));
  });

  it("is a number for networks of every kind of space, and leaves no tensors behind", () => {
    const size = { height: 16, width: 16, channels: 1 };
    const scoreAll = () => {
      for (const space of [{ kind: "shape" }, { kind: "macro", layers: 3 }, { kind: "micro", nodes: 2 }] as const) {
        const random = createRandom(1);
        const graph = buildNetwork(sampleArchitecture(space, random), size);
        ok(Number.isFinite(synflow(graph, random)));
      }
    };
    // What TensorFlow.js keeps once for all layers is there after the first time.
    scoreAll();
    const before = tf.memory().numTensors;
    scoreAll();
    equal(tf.memory().numTensors, before);
  });
});

describe("naswot(graph, images, random)", () => {
  const images = tf.randomNormal<tf.Rank.R4>([4, 2, 2, 3], 0, 1, "float32", 2);
  after(() => {
    images.dispose();
  });

  it("is the determinant of how many rectifiers each pair of images has alike", () => {
    const graph = chain([40, 2], true);
    const [first] = namedWeightsOf(graph);
    const weights = initialValue(first!.specification, createRandom(3).split(first!.key));
    const pixels = images.reshape([4, 12]).arraySync() as number[][];
    const on = pixels.map((row) =>
      Array.from(
        { length: 40 },
        (_, unit) => row.reduce((sum, value, from) => sum + value * weights[from * 40 + unit]!, 0) > 0,
      ),
    );
    const alike = on.map((one) => on.map((other) => one.filter((value, unit) => value === other[unit]).length));
    // By cofactors.
    const determinant = (rows: number[][]): number =>
      rows.length === 1
        ? rows[0]![0]!
        : rows[0]!.reduce(
            (sum, value, column) =>
              sum +
              (column % 2 === 0 ? 1 : -1) *
                value *
                determinant(rows.slice(1).map((row) => row.filter((_, other) => other !== column))),
            0,
          );
    near(naswot(graph, images, createRandom(3)), Math.log(Math.abs(determinant(alike))));
  });

  it("is minus infinity where two images are the same, and leaves no tensors behind", () => {
    const before = tf.memory().numTensors;
    const twice = tf.tidy(() => tf.concat<tf.Tensor4D>([images, images]));
    equal(naswot(chain([40, 2], true), twice, createRandom(3)), -Infinity);
    twice.dispose();
    equal(tf.memory().numTensors, before);
  });

  it("refuses a network without rectifiers, and one image", () => {
    throws(() => naswot(chain([4, 2]), images, createRandom(3)), /asked of chain, which has 0, with 4 images/);
    const one = tf.zeros<tf.Rank.R4>([1, 2, 2, 3]);
    throws(() => naswot(chain([4, 2], true), one, createRandom(3)), /which has 1, with 1 images/);
    one.dispose();
  });
});
