import { equal, ok } from "node:assert/strict";

import { areaOfMask } from "../../lib/pictures/mask";
import { perimeterOf, shapeOfMask } from "../../lib/pictures/mask-shape";
import type { Mask } from "../../lib/pictures/picture";
import { blob } from "../helpers/blobs";

/**
 * Masks with what SciPy 1.17.1 says of them: the perimeter by scikit-image's weights of its convolution, and area and perimeter of
 * `ConvexHull` of the pixels' corners.
 */
const recorded = [
  { mask: blob(40, 30, [18, 14, 9, 6, 0.2]), area: 162, perimeter: 46.38477631085024, hull: [174, 49.065891985821274] },
  {
    mask: blob(40, 30, [28, 20, 7, 5, 0.4]),
    area: 108,
    perimeter: 38.384776310850235,
    hull: [120.5, 40.74877285062537],
  },
  {
    mask: blob(37, 41, [18, 20, 17, 19, 0.1]),
    area: 1022,
    perimeter: 119.39696961966999,
    hull: [1076, 117.57139953806987],
  },
  { mask: blob(25, 25, [12, 12, 8, 8, 0]), area: 193, perimeter: 48.970562748477136, hull: [203, 51.54539806949067] },
  { mask: blob(64, 48, [0, 0, 20, 15, 0.3]), area: 239, perimeter: 65.89949493661166, hull: [268, 65.39689028277755] },
  {
    mask: blob(80, 60, [40, 30, 25, 20, 0.6]),
    area: 1581,
    perimeter: 305.5218613006978,
    hull: [2094.5, 167.45827832139287],
  },
] as const;

const disc = (radius: number, inside = (x: number, y: number) => Math.hypot(x, y) < radius): Mask => {
  const side = 2 * radius + 40;
  const pixels = Uint8Array.from({ length: side * side }, (_, place) =>
    inside((place % side) - side / 2 + 0.5, Math.floor(place / side) - side / 2 + 0.5) ? 1 : 0,
  );
  return { width: side, height: side, pixels };
};
const near = (found: number, expected: number, tolerance = 1e-9) => {
  ok(Math.abs(found - expected) <= tolerance, `${found}, expected ${expected}`);
};

describe("shapeOfMask(mask)", () => {
  it("agrees with SciPy in area, perimeter and convex hull", () => {
    for (const { mask, area, perimeter, hull } of recorded) {
      const shape = shapeOfMask(mask)!;
      equal(shape.area, area);
      near(shape.perimeter, perimeter);
      near(shape.solidity, area / hull[0]);
      near(shape.convexity, hull[1] / perimeter);
      near(shape.circularity, (4 * Math.PI * area) / perimeter ** 2);
    }
  });

  it("calls a disc round and smooth, a long ellipse less round, and a toothed one rough", () => {
    const round = shapeOfMask(disc(40))!;
    near(round.circularity, 1, 0.1);
    near(round.solidity, 1, 0.03);
    near(round.roughness, 0, 0.03);
    const long = shapeOfMask(disc(40, (x, y) => Math.hypot(x / 40, y / 12) < 1))!;
    ok(long.circularity < 0.75 && long.solidity > 0.93 && long.roughness < 0.05, JSON.stringify(long));
    const toothed = shapeOfMask(
      disc(40, (x, y) => Math.hypot(x, y) < 40 + 3 * Math.sign(Math.sin(40 * Math.atan2(y, x)))),
    )!;
    ok(toothed.roughness > 0.2, JSON.stringify(toothed));
  });

  it("is null of nothing, and a number of one pixel", () => {
    const empty = { width: 3, height: 3, pixels: new Uint8Array(9) };
    equal(shapeOfMask(empty), null);
    const one = { ...empty, pixels: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 0, 0) };
    ok(Object.values(shapeOfMask(one)!).every(Number.isFinite));
    equal(perimeterOf(one), 1);
    equal(areaOfMask(one), 1);
  });
});
