import { deepEqual, equal } from "node:assert/strict";

import { regionsOfMask } from "../../lib/pictures/regions";
import { createRandom } from "../../lib/runtime/random";

const maskOf = (...rows: string[]) => ({
  width: rows[0]!.length,
  height: rows.length,
  pixels: Uint8Array.from(rows.join(""), (sign) => (sign === "#" ? 1 : 0)),
});

describe("regionsOfMask(mask)", () => {
  it("joins pixels that touch at a side or a corner", () => {
    const regions = regionsOfMask(maskOf("#...#", ".#...", "....#"));
    deepEqual(
      regions.map(({ area }) => area),
      [2, 1, 1],
    );
    deepEqual(regions[0]!.box, { left: 0, top: 0, width: 2, height: 2 });
  });

  it("does not join the end of a row with the start of the next", () => {
    equal(regionsOfMask(maskOf("..#", "#..", "...")).length, 2);
  });

  it("gives every pixel to one region", () => {
    const random = createRandom(3);
    const pixels = Uint8Array.from({ length: 900 }, () => (random.uniform() < 0.4 ? 1 : 0));
    const places = regionsOfMask({ width: 30, height: 30, pixels }).flatMap((region) => [...region.places]);
    equal(new Set(places).size, places.length);
    equal(
      places.length,
      pixels.reduce((sum, pixel) => sum + pixel, 0),
    );
  });

  it("finds nothing in an empty mask", () => {
    deepEqual(regionsOfMask(maskOf("...", "...")), []);
  });
});
