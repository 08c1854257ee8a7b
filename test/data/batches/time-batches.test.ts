import { deepEqual, equal, ok } from "node:assert/strict";

import { createBatches } from "../../../lib/data/batches/batches";
import { timeBatches } from "../../../lib/data/batches/time-batches";
import { augmentations } from "../../../lib/data/augment/presets";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";

/** Images of noise. */
function make(images: number, size: number) {
  const random = createRandom(1);
  return {
    ids: Array.from({ length: images }, (_, index) => String(index)),
    labels: Int32Array.from({ length: images }, (_, index) => index % 2),
    pixels: Float32Array.from({ length: images * size * size }, () => random.uniform()),
    size,
    channels: ["gray" as const],
  };
}

describe("timeBatches(batches, options)", () => {
  it("times each batch by the clock, without those that warm up, and leaves no tensor", () => {
    const batches = createBatches({ prepared: make(10, 4), batchSize: 4 });
    let reading = 0;
    // Each batch takes as many seconds as its number.
    const clock = { now: () => new Date(0), seconds: () => (reading++, reading % 2 === 1 ? 0 : reading / 2) };
    const before = tf.memory().numTensors;
    deepEqual(timeBatches(batches, { count: 5, warmUp: 2, clock }), { median: 5000, slow: 6800 });
    equal(tf.memory().numTensors, before);
  });

  it("finds an augmented batch of 32 images of 64 × 64 pixels made in far less than a training step", () => {
    const augment = augmentations.light;
    const batches = createBatches({ prepared: make(64, 64), shuffle: true, augment, random: createRandom(2) });
    const { median } = timeBatches(batches);
    ok(median < 20, `${median} ms`);
  });
});
