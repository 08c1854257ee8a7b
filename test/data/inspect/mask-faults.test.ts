import { deepEqual, equal, match } from "node:assert/strict";

import { findMaskFaults, hasTwoLevels } from "../../../lib/data/inspect/mask-faults";
import { maskOfPicture } from "../../../lib/pictures/mask";
import { texture } from "../../helpers/pictures";

const [width, height] = [60, 50];
const picture = (level: (column: number, row: number) => number) => ({
  ...{ width, height, channels: 1, bits: 8 as const, colors: null },
  pixels: Float32Array.from(
    { length: width * height },
    (_, index) => level(index % width, Math.floor(index / width)) / 255,
  ),
});
const faultsOf = (level: (column: number, row: number) => number) => {
  const own = picture(level);
  return findMaskFaults(own, maskOfPicture(own)).map(({ check, doubtful }) => (doubtful ? `${check}?` : check));
};
const disc = (radius: number) => (column: number, row: number) => Math.hypot(column - 30, row - 25) < radius;
const soft = (column: number, row: number) =>
  Math.round(255 * Math.max(0, Math.min(1, 12.5 - Math.hypot(column - 30, row - 25))));

describe("findMaskFaults(picture, mask)", () => {
  it("finds nothing in masks, whatever their white is, and with soft edges", () => {
    for (const white of [1, 128, 255])
      deepEqual(
        faultsOf((c, r) => (disc(12)(c, r) ? white : 0)),
        [],
        String(white),
      );
    deepEqual(faultsOf(soft), []);
    deepEqual(
      faultsOf(() => 0),
      [],
    );
    // A lesion that reaches the left and the upper border, and one with a hole.
    deepEqual(
      faultsOf((c, r) => (c + r < 40 ? 255 : 0)),
      [],
    );
    deepEqual(
      faultsOf((c, r) => (disc(12)(c, r) && !disc(4)(c, r) ? 255 : 0)),
      [],
    );
  });

  it("finds several values, and names them", () => {
    const several = (c: number, r: number) => (disc(6)(c, r) ? 255 : disc(14)(c, r) ? 128 : 0);
    deepEqual(faultsOf(several), ["mask with several values"]);
    const own = picture(several);
    match(findMaskFaults(own, maskOfPicture(own))[0]!.what, /has the values 0, 128 and 255/);
    deepEqual(
      faultsOf((c, r) => (disc(6)(c, r) ? 2 : disc(14)(c, r) ? 1 : 0)),
      ["mask with several values"],
    );
    deepEqual(
      faultsOf((c) => (c < 10 ? 85 : c < 20 ? 170 : c < 30 ? 255 : 0)),
      ["mask with several values"],
    );
  });

  it("finds a picture, with and without an outline drawn into it", () => {
    const tissue = texture(3);
    equal(faultsOf(tissue)[0], "mask that is a picture");
    const outline = (c: number, r: number) => Math.abs(Math.hypot(c - 30, r - 25) - 12) < 1;
    equal(faultsOf((c, r) => (outline(c, r) ? 255 : tissue(c, r) / 2))[0], "mask that is a picture");
  });

  it("finds a mask that is the wrong way round, and an outline without its inside", () => {
    deepEqual(
      faultsOf((c, r) => (disc(12)(c, r) ? 0 : 255)),
      ["mask that is inverted"],
    );
    deepEqual(
      faultsOf(() => 255),
      ["mask that is inverted"],
    );
    const outline = (c: number, r: number) => disc(15)(c, r) && !disc(13.5)(c, r);
    deepEqual(
      faultsOf((c, r) => (outline(c, r) ? 255 : 0)),
      ["mask that is an outline"],
    );
  });

  it("doubts a lesion at all four borders, and one of a few pixels", () => {
    deepEqual(
      faultsOf((c, r) => (Math.abs(c - 30) < 4 || Math.abs(r - 25) < 4 ? 255 : 0)),
      ["lesion at all borders?"],
    );
    deepEqual(
      faultsOf((c, r) => (c === 30 && r === 25 ? 255 : 0)),
      ["lesion of a few pixels?"],
    );
  });
});

describe("hasTwoLevels(picture)", () => {
  it("tells a mask from an image", () => {
    equal(hasTwoLevels(picture((c, r) => (disc(12)(c, r) ? 255 : 0))), true);
    equal(hasTwoLevels(picture(texture(2))), false);
    equal(hasTwoLevels(picture(() => 0)), false);
    equal(hasTwoLevels(picture(() => 90)), false);
  });
});
