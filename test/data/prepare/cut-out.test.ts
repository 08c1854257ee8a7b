import { deepEqual } from "node:assert/strict";

import { cutOut } from "../../../lib/data/prepare/cut-out";

const picture = { width: 3, height: 2, pixels: Float32Array.of(1, 2, 3, 4, 5, 6) };
const cut = (left: number, top: number, width: number, height: number, fill: "black" | "edge") => [
  ...cutOut(picture, { left, top, width, height }, fill).pixels,
];

describe("cutOut(picture, box, fill)", () => {
  it("cuts a part out", () => {
    deepEqual(cut(1, 0, 2, 2, "edge"), [2, 3, 5, 6]);
    deepEqual(cut(0, 0, 3, 2, "black"), [1, 2, 3, 4, 5, 6]);
  });

  it("fills what lies beyond with black", () => {
    deepEqual(cut(-1, -1, 3, 2, "black"), [0, 0, 0, 0, 1, 2]);
    deepEqual(cut(2, 1, 3, 2, "black"), [6, 0, 0, 0, 0, 0]);
  });

  it("fills what lies beyond with the nearest pixel", () => {
    deepEqual(cut(-2, -1, 3, 2, "edge"), [1, 1, 1, 1, 1, 1]);
    deepEqual(cut(1, 0, 4, 3, "edge"), [2, 3, 3, 3, 5, 6, 6, 6, 5, 6, 6, 6]);
  });

  it("can lie beside the picture altogether", () => {
    deepEqual(cut(5, 0, 2, 2, "black"), [0, 0, 0, 0]);
    deepEqual(cut(5, 0, 2, 2, "edge"), [3, 3, 6, 6]);
    deepEqual(cut(-4, 0, 2, 2, "edge"), [1, 1, 4, 4]);
  });

  it("leaves the picture as it is", () => {
    cutOut(picture, { left: 0, top: 0, width: 3, height: 2 }, "edge").pixels.fill(9);
    deepEqual([...picture.pixels], [1, 2, 3, 4, 5, 6]);
  });
});
