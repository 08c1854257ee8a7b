import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";

import { addSpeckle } from "../../../lib/data/augment/speckle";
import { createRandom } from "../../../lib/runtime/random";

const speckled = (level: number, deviation: number, seed: number, size = 128) => {
  const levels = new Float32Array(size * size).fill(level);
  addSpeckle(levels, size, deviation, createRandom(seed));
  return levels;
};
const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("addSpeckle(levels, size, deviation, random)", () => {
  it("multiplies by noise with the mean 1 and the deviation asked for", () => {
    const factors = speckled(0.4, 0.15, 1).map((level) => level / 0.4);
    const deviation = Math.sqrt(mean(factors.map((factor) => (factor - 1) ** 2)));
    // 16,384 values: the standard error of the mean is 0.0012, that of the deviation 0.0008.
    ok(Math.abs(mean(factors) - 1) < 0.005, String(mean(factors)));
    ok(Math.abs(deviation - 0.15) < 0.004, String(deviation));
  });

  it("has normal noise: 68.3 % within one deviation, 95.4 % within two", () => {
    const factors = speckled(0.4, 0.1, 2).map((level) => level / 0.4 - 1);
    const within = (limit: number) => factors.filter((factor) => Math.abs(factor) < limit).length / factors.length;
    ok(Math.abs(within(0.1) - 0.683) < 0.015 && Math.abs(within(0.2) - 0.954) < 0.008);
  });

  it("has unrelated neighbours, along rows and across them", () => {
    const noise = speckled(0.4, 0.1, 3).map((level) => level / 0.4 - 1);
    for (const apart of [1, 2, 128, 129]) {
      const products = noise.slice(0, -apart).map((value, place) => (value * noise[place + apart]!) / 0.01);
      ok(Math.abs(mean(products)) < 0.04, `${apart}: ${mean(products)}`);
    }
  });

  it("grows with the level: black stays black", () => {
    ok(speckled(0, 0.5, 1).every((level) => level === 0));
  });

  it("stays between black and white", () => {
    const levels = speckled(0.9, 1, 4);
    equal(Math.min(...levels), 0);
    equal(Math.max(...levels), 1);
  });

  it("is the same for a seed, and another for another", () => {
    deepEqual(speckled(0.5, 0.1, 5), speckled(0.5, 0.1, 5));
    notDeepEqual(speckled(0.5, 0.1, 5), speckled(0.5, 0.1, 6));
  });
});
