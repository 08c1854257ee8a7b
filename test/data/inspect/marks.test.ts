import { deepEqual, equal, ok } from "node:assert/strict";

import { findMarks } from "../../../lib/data/inspect/marks";
import { generatePhantoms } from "../../../lib/data/phantom/phantom";
import type { Picture } from "../../../lib/pictures/picture";
import { createRandom } from "../../../lib/runtime/random";

/** A dark picture with faint noise. */
function dark(width = 120, height = 90): Picture {
  const random = createRandom(1);
  return { width, height, pixels: Float32Array.from({ length: width * height }, () => random.uniform(0.05, 0.3)) };
}

const paint = ({ pixels, width }: Picture, column: number, row: number, level = 0.9) => {
  pixels[row * width + column] = level;
};

function drawCross(picture: Picture, column: number, row: number, oblique = false) {
  for (let step = -4; step <= 4; step++) {
    paint(picture, column + step, oblique ? row + step : row);
    paint(picture, oblique ? column + step : column, oblique ? row - step : row + step);
  }
}

const glyphs = {
  L: ["#...", "#...", "#...", "#...", "#...", "#...", "####"],
  E: ["####", "#...", "#...", "###.", "#...", "#...", "####"],
  T: ["#####", "..#..", "..#..", "..#..", "..#..", "..#..", "..#.."],
};

function drawText(picture: Picture, text: (keyof typeof glyphs)[], left: number, top: number) {
  let column = left;
  for (const letter of text) {
    glyphs[letter].forEach((line, down) => {
      Array.from(line).forEach((sign, across) => {
        if (sign === "#") paint(picture, column + across, top + down);
      });
    });
    column += 7;
  }
}

describe("findMarks(picture)", () => {
  it("finds upright and oblique crosses where they are", () => {
    const picture = dark();
    drawCross(picture, 30, 40);
    drawCross(picture, 80, 60, true);
    deepEqual(
      findMarks(picture).calipers.map(({ column, row }) => [Math.round(column / 3), Math.round(row / 3)]),
      [
        [10, 13],
        [27, 20],
      ],
    );
  });

  it("does not take a long line, a corner, a dot or a square for a cross", () => {
    const picture = dark();
    for (let column = 0; column < 120; column++) paint(picture, column, 30);
    for (let row = 0; row < 90; row++) paint(picture, 60, row);
    for (let step = 0; step < 6; step++) {
      paint(picture, 20 + step, 60);
      paint(picture, 20, 60 + step);
    }
    paint(picture, 90, 60);
    for (let down = 0; down < 6; down++)
      for (let across = 0; across < 6; across++) paint(picture, 95 + across, 70 + down);
    deepEqual(findMarks(picture).calipers, []);
  });

  it("finds a line of text, and takes the arms of its letters for no caliper", () => {
    const picture = dark();
    drawText(picture, ["L", "E", "T", "E", "L"], 20, 50);
    const { text, calipers } = findMarks(picture);
    deepEqual(text, [{ left: 20, top: 50, width: 32, height: 7 }]);
    deepEqual(calipers, []);
  });

  it("does not take two letters for text", () => {
    const picture = dark();
    drawText(picture, ["L", "E"], 20, 50);
    deepEqual(findMarks(picture).text, []);
  });

  it("finds the marks of nearly all phantoms that have some, and almost none on those that have none", () => {
    const make = (marks: number) => generatePhantoms({ count: 12, size: 256, marks, random: createRandom(5) });
    const found = (marks: number) =>
      make(marks).filter(({ pixels, size }) => {
        const { calipers, text } = findMarks({ width: size, height: size, pixels });
        return calipers.length + text.length > 0;
      }).length;
    const [marked, plain] = [found(1), found(0)];
    ok(marked >= 11, `${marked} of 12 with marks`);
    ok(plain <= 1, `${plain} of 12 without`);
  });

  it("finds nothing in a black and in a tiny picture", () => {
    for (const [width, height] of [
      [50, 50],
      [5, 5],
      [1, 1],
    ] as const) {
      const marks = findMarks({ width, height, pixels: new Float32Array(width * height) });
      equal(marks.calipers.length + marks.text.length, 0);
    }
  });
});
