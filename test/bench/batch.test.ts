import { deepEqual, equal, ok } from "node:assert/strict";

import { drawBatch } from "../../lib/bench/batch";
import { createRandom } from "../../lib/runtime/random";
import { mean, standardDeviation } from "../../lib/statistics/summary";

describe("drawBatch(size, random)", () => {
  const { images, labels } = drawBatch(32, createRandom(3));

  it("has 32 images of three channels and a class for each", () => {
    equal(images.length, 32 * 32 * 32 * 3);
    equal(labels.length, 32);
    ok(labels.every((label) => Number.isInteger(label) && label >= 0 && label < 10));
    ok(new Set(labels).size > 3);
  });

  it("has pixels of mean 0 and deviation 1, within what chance allows", () => {
    const pixels = [...images];
    ok(Math.abs(mean(pixels)) < 4 / Math.sqrt(pixels.length));
    ok(Math.abs(standardDeviation(pixels, 0) - 1) < 0.01);
  });

  it("is the same for the same seed, and another for another", () => {
    deepEqual(drawBatch(32, createRandom(3)), { images, labels });
    ok(drawBatch(32, createRandom(4)).images[0] !== images[0]);
  });
});
