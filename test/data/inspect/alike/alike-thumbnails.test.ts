import { deepEqual, ok } from "node:assert/strict";

import { alikeThumbnails } from "../../../../lib/data/inspect/alike/alike-thumbnails";
import { crop, mirrored, phantoms, thumbnailOf, turn, type Change } from "./helpers";

const limits = { correlation: 0.95, aligned: 0.8 };

describe("alikeThumbnails(thumbnails, limits)", function () {
  this.timeout(60_000);
  const pictures = phantoms(90);
  const originals = pictures.map((pixels) => thumbnailOf(pixels));

  it("takes no two of 90 different pictures for one", () => {
    deepEqual(alikeThumbnails(originals, limits), []);
  });

  const changes: Record<string, Change> = {
    mirrored,
    "upside down": (column, row) => [column, 159 - row - 1e-9],
    "shifted by a sixteenth": (column, row) => [column - 10, row + 6],
    "cropped by up to a twentieth": crop(8, 3, 4, 8),
    "turned by five degrees": turn(5),
    "mirrored and turned": (column, row) => mirrored(...turn(-4)(column, row)),
    "cropped and shifted": (column, row) => crop(5, 8, 3, 6)(column - 6, row),
  };
  for (const [name, change] of Object.entries(changes))
    it(`finds again what was ${name}, among all others`, () => {
      const copied = [3, 20, 41, 66];
      const copies = copied.map((place) => thumbnailOf(pictures[place]!, change));
      const pairs = alikeThumbnails([...originals, ...copies], limits);
      deepEqual(
        pairs.map(({ first, second }) => [first, second]),
        copied.map((place, index) => [place, originals.length + index]),
      );
      ok(pairs.every(({ correlation }) => correlation > 0.8 && correlation <= 1));
    });

  it("finds a copy of another brightness and contrast, and leaves blank pictures alone", () => {
    const flat = originals[5]!.map((level) => 60 + level / 2);
    const blank = new Uint8Array(1024).fill(9);
    const pairs = alikeThumbnails([originals[5]!, flat, blank, blank.map(() => 7)], limits);
    deepEqual(
      pairs.map(({ first, second }) => [first, second]),
      [[0, 1]],
    );
  });
});
