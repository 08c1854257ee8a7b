import { deepEqual, equal } from "node:assert/strict";

import { assemblePicture, pictureOfBitmap } from "../../lib/pictures/assemble-picture";

describe("assemblePicture(values, layout)", () => {
  it("weighs colours as ITU-R BT.601 does, keeps equal channels exactly, and makes what is transparent black", () => {
    const layout = { width: 3, height: 1, stride: 4, isGray: false, bits: 8, hasAlpha: true } as const;
    const values = Uint8Array.of(255, 0, 0, 255, 77, 77, 77, 255, 200, 200, 200, 51);
    const { pixels, colors, channels } = assemblePicture(values, layout);
    deepEqual([...pixels], [...Float32Array.of(0.299, 77 / 255, 40 / 255)]);
    deepEqual([...colors!], [255, 0, 0, 77, 77, 77, 40, 40, 40]);
    equal(channels, 4);
  });

  it("scales 16 bits by 65,535", () => {
    const layout = { width: 2, height: 1, stride: 1, isGray: true, bits: 16, hasAlpha: false } as const;
    deepEqual([...assemblePicture(Uint16Array.of(65_535, 13_107), layout).pixels], [...Float32Array.of(1, 0.2)]);
  });
});

describe("pictureOfBitmap(bitmap)", () => {
  it("counts one as gray where every colour is", () => {
    equal(pictureOfBitmap({ width: 1, height: 1, colors: Uint8Array.of(9, 9, 9) }).colors, null);
    equal(pictureOfBitmap({ width: 1, height: 1, colors: Uint8Array.of(9, 9, 8) }).channels, 3);
  });
});
