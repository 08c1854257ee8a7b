import { deepEqual, equal } from "node:assert/strict";

import type { Box } from "../../../lib/pictures/picture";
import type { PreparationOptions } from "../../../lib/data/prepare/configuration";
import { commonPart, placeRegion, squareAround } from "../../../lib/data/prepare/region";

/** A box as left, top, width, height. */
const sides = (box: Box | null) => box && [box.left, box.top, box.width, box.height];

const picture = { width: 100, height: 80 };

/** The region around a lesion, as left, top, width, height. */
function place(
  region: PreparationOptions["region"],
  beyond: PreparationOptions["beyond"],
  [left, top, width, height]: readonly [number, number, number, number],
): number[] | null {
  return sides(placeRegion({ region, beyond }, { left, top, width, height }, picture));
}

const box = (margin: number, unit: "pixels" | "percent" = "pixels") => ({ kind: "box", margin, unit }) as const;
const square = (margin: number, unit: "pixels" | "percent" = "pixels") => ({ kind: "square", margin, unit }) as const;

describe("placeRegion(settings, lesion, picture)", () => {
  it("adds the margin on each side of the box, in pixels or in percent of the side", () => {
    deepEqual(place(box(10), "shift", [30, 20, 20, 10]), [20, 10, 40, 30]);
    deepEqual(place(box(0), "shift", [30, 20, 20, 10]), [30, 20, 20, 10]);
    deepEqual(place(box(50, "percent"), "shift", [30, 20, 20, 10]), [20, 15, 40, 20]);
  });

  it("makes a square of the longer side and the margin at both ends, around the box's centre", () => {
    deepEqual(place(square(10), "shift", [30, 30, 20, 10]), [20, 15, 40, 40]);
    deepEqual(place(square(25, "percent"), "shift", [30, 30, 10, 20]), [20, 25, 30, 30]);
    // The centre of 30 to 51 is 40.5, of a side of 40 between two pixels: the left one counts.
    deepEqual(place(square(10), "shift", [30, 30, 21, 20]), [20, 19, 41, 41]);
    deepEqual(place(square(10), "shift", [30, 30, 20, 21]), [19, 20, 41, 41]);
  });

  it("moves what reaches beyond the picture inside, and keeps its size", () => {
    deepEqual(place(square(10), "shift", [2, 70, 20, 10]), [0, 40, 40, 40]);
    deepEqual(place(box(10), "shift", [85, 0, 15, 10]), [65, 0, 35, 30]);
  });

  it("cuts off what is longer than the picture", () => {
    deepEqual(place(square(10), "shift", [10, 30, 70, 20]), [0, 0, 90, 80]);
    deepEqual(place(square(40), "shift", [10, 30, 70, 20]), [0, 0, 100, 80]);
  });

  it("cuts off what lies outside where this is asked for", () => {
    deepEqual(place(box(10), "cut", [2, 70, 20, 10]), [0, 60, 32, 20]);
    deepEqual(place(box(10), "cut", [85, 0, 15, 10]), [75, 0, 25, 20]);
  });

  it("leaves the region where it is where it is to be filled", () => {
    deepEqual(place(square(10), "fill", [2, 70, 20, 10]), [-8, 55, 40, 40]);
  });

  it("takes margins and windows in millimetres by the pixel size", () => {
    const placeBy = (region: PreparationOptions["region"], pixelSize: number) =>
      sides(placeRegion({ region, beyond: "fill" }, { left: 30, top: 20, width: 20, height: 10 }, picture, pixelSize));
    deepEqual(placeBy({ kind: "box", margin: 2, unit: "millimetres" }, 0.2), [20, 10, 40, 30]);
    deepEqual(placeBy({ kind: "square", margin: 2, unit: "millimetres" }, 0.4), [25, 10, 30, 30]);
    // A window is as long in every picture: 8 mm are 40 pixels of 0.2 mm and 20 of 0.4 mm, whatever the lesion.
    deepEqual(placeBy({ kind: "window", side: 8 }, 0.2), [20, 5, 40, 40]);
    deepEqual(placeBy({ kind: "window", side: 8 }, 0.4), [30, 15, 20, 20]);
    deepEqual(placeBy({ kind: "window", side: 1 }, 10), [39, 24, 1, 1]);
  });

  it("takes the whole picture without a lesion", () => {
    deepEqual(sides(placeRegion({ region: { kind: "whole" }, beyond: "shift" }, null, picture)), [0, 0, 100, 80]);
  });
});

describe("squareAround(box)", () => {
  it("adds to the shorter side equally, an odd pixel to the right or below", () => {
    deepEqual(sides(squareAround({ left: 5, top: 5, width: 10, height: 4 })), [5, 2, 10, 10]);
    deepEqual(sides(squareAround({ left: 5, top: 5, width: 7, height: 10 })), [4, 5, 10, 10]);
  });
});

describe("commonPart(one, other)", () => {
  it("finds what two boxes share", () => {
    const whole = { left: 0, top: 0, width: 10, height: 10 };
    deepEqual(sides(commonPart({ left: -5, top: 8, width: 8, height: 9 }, whole)), [0, 8, 3, 2]);
    equal(commonPart({ left: 10, top: 0, width: 5, height: 5 }, whole), null);
  });
});
