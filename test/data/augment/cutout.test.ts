import { deepEqual, equal, ok } from "node:assert/strict";

import { blacken, drawCutout } from "../../../lib/data/augment/cutout";
import { createRandom } from "../../../lib/runtime/random";

describe("drawCutout(cutout, size, random)", () => {
  it("draws squares that lie in the image, where they reach beyond it in part", () => {
    const random = createRandom(1);
    const boxes = Array.from({ length: 300 }, () => drawCutout({ count: 2, side: 0.25 }, 64, random)).flat();
    equal(boxes.length, 600);
    ok(
      boxes.every(({ left, top, width, height }) => left >= 0 && top >= 0 && left + width <= 64 && top + height <= 64),
    );
    ok(boxes.every(({ width, height }) => width >= 8 && width <= 16 && height >= 8 && height <= 16));
    // A square of 16 is whole where its centre has 8 pixels before and 8 with itself after: 49 of 64 places.
    const whole = boxes.filter(({ width }) => width === 16).length / 600;
    ok(Math.abs(whole - 49 / 64) < 0.06, String(whole));
  });

  it("can cover the whole image, and nothing", () => {
    deepEqual(drawCutout({ count: 0, side: 0.5 }, 64, createRandom(1)), []);
    deepEqual(drawCutout({ count: 3, side: 0 }, 64, createRandom(1)), []);
    const [box] = drawCutout({ count: 1, side: 1 }, 1, createRandom(1));
    deepEqual(box, { left: 0, top: 0, width: 1, height: 1 });
  });
});

describe("blacken(plane, size, boxes)", () => {
  it("sets the boxes to 0 and nothing else", () => {
    const plane = new Float32Array(16).fill(1);
    blacken(plane, 4, [
      { left: 1, top: 0, width: 2, height: 2 },
      { left: 3, top: 3, width: 1, height: 1 },
    ]);
    deepEqual([...plane], [1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
  });
});
