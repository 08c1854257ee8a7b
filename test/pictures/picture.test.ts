import { equal } from "node:assert/strict";

import type { Box, Mask, Picture } from "../../lib/pictures/picture";

describe("a picture, a mask and a box", () => {
  it("are plain data that can be kept as JSON", () => {
    const picture: Picture = { width: 2, height: 1, pixels: Float32Array.of(0, 1) };
    const mask: Mask = { width: 2, height: 1, pixels: Uint8Array.of(0, 1) };
    const box: Box = { left: 1, top: 0, width: 1, height: 1 };
    equal(picture.pixels.length, mask.pixels.length);
    equal(JSON.stringify(box), '{"left":1,"top":0,"width":1,"height":1}');
  });
});
