import { deepEqual, equal } from "node:assert/strict";

import { joinChannels, lesionSizeOf } from "../../../lib/data/prepare/channels";

const gray = Float32Array.of(0.25, 0.5, 0.75, 1);
const mask = Float32Array.of(0, 0.5, 1, 1);

describe("joinChannels(channels, planes)", () => {
  it("puts the planes side by side, pixel by pixel, in the order asked for", () => {
    deepEqual(
      [...joinChannels(["mask", "gray", "size", "gray × mask"], { gray, mask, lesionSize: 0.125 })],
      [0, 0.25, 0.125, 0, 0.5, 0.5, 0.125, 0.25, 1, 0.75, 0.125, 0.75, 1, 1, 0.125, 1],
    );
  });

  it("repeats a plane as often as it is named", () => {
    const image = joinChannels(["gray", "gray", "gray"], { gray, mask: null, lesionSize: null });
    deepEqual([...image.slice(0, 6)], [0.25, 0.25, 0.25, 0.5, 0.5, 0.5]);
  });
});

describe("lesionSizeOf(area, picture)", () => {
  it("is a ratio of lengths: 0.5 for a lesion half as long and half as wide as the picture", () => {
    equal(lesionSizeOf(50 * 40, { width: 100, height: 80 }), 0.5);
    equal(lesionSizeOf(100 * 80, { width: 100, height: 80 }), 1);
    equal(lesionSizeOf(4 * 80, { width: 100, height: 80 }), 0.2);
  });
});
