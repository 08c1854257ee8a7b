import { deepEqual, ok } from "node:assert/strict";

import { createMove, type Movement } from "../../../lib/data/augment/movement";
import { createRandom } from "../../../lib/runtime/random";

const still: Movement = { flipHorizontal: false, flipVertical: false, scale: 1, angle: 0, right: 0, down: 0 };

/** Moves an image of one plane. */
function move(image: Float32Array, movement: Partial<Movement>, fill: "edge" | "black" = "edge"): Float32Array {
  const size = Math.sqrt(image.length);
  const target = new Float32Array(image.length);
  createMove(size, 1)(image, [{ channel: 0, target, fill }], { ...still, ...movement });
  return target;
}

const random = createRandom(3);
const noise = (size: number) => Float32Array.from({ length: size * size }, () => random.uniform());
const worst = (one: Float32Array, other: ArrayLike<number>) =>
  Math.max(...one.map((value, place) => Math.abs(value - other[place]!)));

/** An image from a function of column and row. */
const draw = (size: number, level: (column: number, row: number) => number) =>
  Float32Array.from({ length: size * size }, (_, place) => level(place % size, Math.floor(place / size)));

describe("createMove(size, channels)", () => {
  const three = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

  it("flips", () => {
    deepEqual([...move(three, { flipHorizontal: true })], [3, 2, 1, 6, 5, 4, 9, 8, 7]);
    deepEqual([...move(three, { flipVertical: true })], [7, 8, 9, 4, 5, 6, 1, 2, 3]);
  });

  it("gives the image back when flipped twice, to the bit", () => {
    for (const flip of [
      { flipHorizontal: true },
      { flipVertical: true },
      { flipHorizontal: true, flipVertical: true },
    ]) {
      const image = noise(17);
      deepEqual(move(move(image, flip), flip), image);
    }
  });

  it("shifts, and fills with the levels at the edge or with black", () => {
    deepEqual([...move(three, { right: 1 })], [1, 1, 2, 4, 4, 5, 7, 7, 8]);
    deepEqual([...move(three, { right: -1, down: 1 }, "black")], [0, 0, 0, 2, 3, 0, 5, 6, 0]);
    deepEqual([...move(three, { down: -2 })], [7, 8, 9, 7, 8, 9, 7, 8, 9]);
    deepEqual([...move(three, { down: 30 }, "black")], Array(9).fill(0));
    deepEqual([...move(three, { flipHorizontal: true, right: 1 })], [3, 3, 2, 6, 6, 5, 9, 9, 8]);
  });

  it("changes nothing where nothing is asked for", () => {
    const image = noise(16);
    deepEqual(move(image, {}), image);
  });

  it("interpolates to the same where the turn is almost none", () => {
    const image = noise(16);
    ok(worst(move(image, { angle: 1e-9 }), image) < 1e-6);
  });

  for (const size of [16, 17]) {
    it(`turns by 90 degrees counterclockwise: columns become rows, of ${size} × ${size} pixels`, () => {
      const image = noise(size);
      const turned = draw(size, (column, row) => image[column * size + (size - 1 - row)]!);
      for (const fill of ["edge", "black"] as const) ok(worst(move(image, { angle: 90 }, fill), turned) < 1e-6);
      ok(worst(move(image, { angle: 180 }), image.slice().reverse()) < 1e-6);
    });
  }

  it("does by interpolation what it does by copying", () => {
    const image = noise(15);
    for (const fill of ["edge", "black"] as const) {
      for (const movement of [
        { right: 3, down: -2 },
        { flipHorizontal: true, right: -4 },
        { flipVertical: true, flipHorizontal: true, down: 5 },
      ]) {
        // So small a turn moves no pixel, but takes the other way.
        ok(worst(move(image, { ...movement, angle: 1e-10 }, fill), move(image, movement, fill)) < 1e-5);
      }
    }
  });

  it("reads a slope exactly where the formula says: flip, magnify and turn about the centre, shift", () => {
    // Bilinear interpolation makes no error on a plane, so that levels tell the place that they were read from.
    const size = 41;
    const [columns, rows] = [draw(size, (column) => column), draw(size, (_, row) => row)];
    const both = new Float32Array(size * size * 2).map(
      (_, place) => (place % 2 === 0 ? columns : rows)[Math.floor(place / 2)]!,
    );
    for (const movement of [
      { ...still, scale: 2 },
      { ...still, angle: 30 },
      { flipHorizontal: true, flipVertical: false, scale: 1.3, angle: -20, right: 3, down: -4 },
      { flipHorizontal: false, flipVertical: true, scale: 0.8, angle: 77, right: -2, down: 1 },
    ]) {
      const [oldColumns, oldRows] = [new Float32Array(size * size), new Float32Array(size * size)];
      createMove(size, 2)(
        both,
        [
          { channel: 0, target: oldColumns, fill: "edge" },
          { channel: 1, target: oldRows, fill: "edge" },
        ],
        movement,
      );
      // Forwards: where an old pixel goes to. What is read there must be the old pixel's own place.
      const angle = (movement.angle * Math.PI) / 180;
      for (const [x, y] of [
        [20, 20],
        [18, 23],
        [25, 17],
      ] as const) {
        const [across, up] = [
          (x - 20) * (movement.flipHorizontal ? -1 : 1),
          (20 - y) * (movement.flipVertical ? -1 : 1),
        ];
        const newColumn = 20 + movement.scale * (across * Math.cos(angle) - up * Math.sin(angle)) + movement.right;
        const newRow = 20 - movement.scale * (across * Math.sin(angle) + up * Math.cos(angle)) + movement.down;
        ok(Math.abs(readBetween(oldColumns, size, newColumn, newRow) - x) < 1e-4);
        ok(Math.abs(readBetween(oldRows, size, newColumn, newRow) - y) < 1e-4);
      }
    }
  });

  it("moves one, two or three planes alike", () => {
    const planes = [noise(9), noise(9), noise(9)];
    const image = new Float32Array(9 * 9 * 3).map((_, place) => planes[place % 3]![Math.floor(place / 3)]!);
    for (const movement of [
      { ...still, right: 1, flipVertical: true },
      { ...still, angle: 12, scale: 0.7 },
    ]) {
      const targets = [2, 0, 1].map((channel) => ({ channel, target: new Float32Array(81), fill: "black" as const }));
      createMove(9, 3)(image, targets, movement);
      for (const { channel, target } of targets) deepEqual(target, move(planes[channel]!, movement, "black"));
    }
  });

  it("fills what a shrunk image leaves free", () => {
    const white = new Float32Array(20 * 20).fill(1);
    ok(move(white, { scale: 0.5 }).every((level) => level === 1));
    const framed = move(white, { scale: 0.5 }, "black");
    deepEqual([framed[0], framed[10 * 20 + 10], framed[399]], [0, 1, 0]);
    ok(Math.abs(framed.reduce((sum, level) => sum + level, 0) - 100) < 25);
  });
});

/** Reads an image between its pixels. */
function readBetween(image: Float32Array, size: number, column: number, row: number): number {
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [x, y] = [column - left, row - top];
  const at = (down: number, across: number) => image[(top + down) * size + left + across]!;
  return (1 - y) * ((1 - x) * at(0, 0) + x * at(0, 1)) + y * ((1 - x) * at(1, 0) + x * at(1, 1));
}
