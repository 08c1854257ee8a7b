import { deepEqual, equal, ok } from "node:assert/strict";

import type { Lesion } from "../../../lib/data/phantom/lesion";
import { burnMarks } from "../../../lib/data/phantom/marks";

const features = {
  radius: 0.2,
  aspect: 1,
  irregularity: 0,
  spiculation: 0,
  blur: 0.1,
  halo: 0,
  contrast: -10,
  texture: 0,
  posterior: 0,
};
const disc: Lesion = { features, center: [0.5, 0.5], turn: 0, waves: [], spicules: [] };

const burn = (size: number, lesion = disc) => {
  const pixels = new Float32Array(size * size);
  burnMarks(pixels, size, lesion);
  return { pixels, at: (x: number, y: number) => pixels[y * size + x]! };
};

describe("burnMarks(pixels, size, lesion)", () => {
  it("puts crosses at the four ends of the lesion's axes", () => {
    const { at } = burn(100);
    for (const [x, y] of [
      [70, 50],
      [30, 50],
      [50, 70],
      [50, 30],
    ] as const) {
      // The end lies on a pixel's border: to either side of it.
      const found = [x - 1, x].some((column) =>
        [y - 1, y].some((row) => at(column, row) === 1 && at(column, row + 2) === 1 && at(column + 2, row) === 1),
      );
      ok(found, `${x}, ${y}`);
    }
  });

  it("dots the lines between them, leaving gaps", () => {
    const { at } = burn(128);
    const line = Array.from({ length: 40 }, (_, place) => at(45 + place, 64));
    const dots = line.filter((level) => level > 0).length;
    ok(dots >= 6 && dots <= 20, String(dots));
  });

  it("writes the larger diameter in millimetres of an image 40 mm wide", () => {
    // 0.4 of 40 mm is 16 mm: D, a gap, 1, 6, M, M in letters of 3 by 5, 4 apart, from 2 pixels of the left.
    const { at } = burn(100);
    const rows = Array.from({ length: 5 }, (_, row) =>
      Array.from({ length: 23 }, (_, column) => (at(2 + column, 93 + row) > 0 ? "#" : ".")).join(""),
    );
    deepEqual(rows, [
      "##.......#..###.#.#.#.#",
      "#.#.....##..#...###.###",
      "#.#......#..###.###.###",
      "#.#......#..#.#.#.#.#.#",
      "##......###.###.#.#.#.#",
    ]);
  });

  it("changes little of the image, and stays within it where the lesion does not", () => {
    const { pixels } = burn(64);
    ok(pixels.filter((level) => level > 0).length < 0.06 * 64 * 64);
    const large = burn(16, { ...disc, features: { ...features, radius: 0.9 } });
    equal(large.pixels.length, 256);
    ok(large.pixels.every((level) => level >= 0 && level <= 1));
  });
});
