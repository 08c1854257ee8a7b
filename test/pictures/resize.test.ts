import { deepEqual, equal, notEqual, ok, throws } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { Picture } from "../../lib/pictures/picture";
import { resize, type ResizeFilter } from "../../lib/pictures/resize";

/** What Pillow made of the picture below; record.py beside it says how. */
interface Recorded {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly filter: ResizeFilter;
  readonly pixels: readonly number[];
}

const recorded = JSON.parse(readFileSync(join(__dirname, "resize-pillow", "values.json"), "utf8")) as Recorded[];

function drawPicture(width: number, height: number): Picture {
  const pixels = Float32Array.from({ length: width * height }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    return ((37 * column + 91 * row + 13 * column * row) % 256) / 255;
  });
  return { width, height, pixels };
}

const filters: readonly ResizeFilter[] = ["bicubic", "bilinear", "box", "nearest"];

describe("resize(picture, width, height, options)", () => {
  for (const filter of filters) {
    it(`gives the numbers that Pillow gives, "${filter}"`, () => {
      const own = recorded.filter((record) => record.filter === filter);
      equal(own.length, 10);
      for (const { from, to, pixels } of own) {
        const resized = resize(drawPicture(...from), ...to, { filter });
        deepEqual([resized.width, resized.height], to);
        const worst = Math.max(...pixels.map((level, place) => Math.abs(level - resized.pixels[place]!)));
        ok(worst <= 1.2e-7, `${from.join(" × ")} to ${to.join(" × ")}: ${worst}`);
      }
    });

    it(`gives a copy where the size stays, "${filter}"`, () => {
      const picture = drawPicture(11, 6);
      const same = resize(picture, 11, 6, { filter });
      deepEqual(same, picture);
      notEqual(same.pixels, picture.pixels);
    });

    it(`keeps one gray level everywhere, "${filter}"`, () => {
      const flat = { width: 23, height: 17, pixels: new Float32Array(23 * 17).fill(0.3) };
      for (const size of [5, 23, 64]) {
        ok(resize(flat, size, size, { filter }).pixels.every((level) => Math.abs(level - 0.3) < 1e-6));
      }
    });

    it(`treats left and right, top and bottom alike, "${filter}"`, () => {
      // Of an odd number of pixels in each new one, so that no centre lies between two pixels.
      const picture = drawPicture(21, 15);
      const turned = { ...picture, pixels: picture.pixels.slice().reverse() };
      const [one, other] = [picture, turned].map((each) => resize(each, 7, 5, { filter }).pixels);
      ok(one!.every((level, place) => Math.abs(level - other![other!.length - 1 - place]!) < 1e-6));
    });
  }

  it("is bicubic where nothing is said", () => {
    deepEqual(resize(drawPicture(9, 9), 4, 5), resize(drawPicture(9, 9), 4, 5, { filter: "bicubic" }));
  });

  it("averages what it shrinks: the box filter gives each block's mean", () => {
    const { pixels } = resize({ width: 4, height: 2, pixels: Float32Array.of(0, 1, 2, 4, 2, 1, 6, 8) }, 2, 1, {
      filter: "box",
    });
    deepEqual([...pixels], [1, 5]);
  });

  it("refuses sizes and filters that are none, and misspelt options", () => {
    const picture = drawPicture(4, 4);
    throws(() => resize(picture, 0, 4), /width of 0.*whole number from 1/);
    throws(() => resize(picture, 4, 2.5), /height of 2\.5/);
    throws(() => resize(picture, 4, NaN), /height of NaN/);
    throws(
      () => resize(picture, 4, 4, { filter: "lanczos" as never }),
      /"lanczos", expected "bicubic", "bilinear", "box" or "nearest"/,
    );
    throws(() => resize(picture, 4, 4, { filtre: "box" } as never), /Did you mean "filter"/);
  });
});
