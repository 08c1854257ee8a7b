import { deepEqual, equal, ok } from "node:assert/strict";

import { outlineOf } from "../../lib/segment/outline";

/** Probabilities of 8 × 8 cells: 0.9 in some, 0.1 elsewhere. */
const cells = (inside: (row: number, column: number) => boolean, high = 0.9, low = 0.1) =>
  Float32Array.from({ length: 64 }, (_, place) => (inside(Math.floor(place / 8), place % 8) ? high : low));

const whole = { left: 0, top: 0, width: 80, height: 40 };
const picture = { width: 80, height: 40 };

describe("outlineOf(probabilities, size, part, picture)", () => {
  it("finds a lesion at the picture's own size, where proportions have changed", () => {
    const { mask, box, others } = outlineOf(
      cells((row, column) => row >= 2 && row < 6 && column >= 4 && column < 6),
      8,
      whole,
      picture,
    );
    deepEqual([mask!.width, mask!.height, others], [80, 40, 0]);
    deepEqual(box, { left: 40, top: 10, width: 20, height: 20 });
  });

  it("keeps the largest part, fills its holes, and says how many others are no specks beside it", () => {
    const { mask, box, others } = outlineOf(
      cells(
        (row, column) =>
          (row < 5 && column < 5 && !(row === 2 && column === 2)) ||
          (row > 5 && column > 5) ||
          (row === 0 && column === 7),
      ),
      8,
      whole,
      picture,
    );
    deepEqual(box, { left: 0, top: 0, width: 50, height: 25 });
    equal(mask!.pixels[12 * 80 + 25], 1);
    equal(others, 1);
  });

  it("takes a part that reaches beyond the picture for what it is", () => {
    const square = { left: 0, top: -20, width: 80, height: 80 };
    const { box } = outlineOf(
      cells((row, column) => row >= 3 && row < 5 && column < 2),
      8,
      square,
      picture,
    );
    deepEqual(box, { left: 0, top: 10, width: 20, height: 20 });
  });

  it("says that it has found nothing where no pixel is likelier lesion than not, or specks alone", () => {
    const nothing = { mask: null, box: null, expectedDice: 0, others: 0 };
    deepEqual(
      outlineOf(
        cells(() => false),
        8,
        whole,
        picture,
      ),
      nothing,
    );
    const speck = new Float32Array(64 * 64);
    speck[10] = 1;
    deepEqual(outlineOf(speck, 64, { ...whole, width: 64, height: 64 }, { width: 64, height: 64 }), nothing);
  });

  it("expects more of an outline the surer its pixels are: all of it where each is", () => {
    const inside = (row: number, column: number) => row >= 2 && row < 6 && column >= 2 && column < 6;
    const expected = [0.6, 0.8, 1].map(
      (high) => outlineOf(cells(inside, high, 1 - high), 8, whole, picture).expectedDice,
    );
    ok(expected[0]! < expected[1]! && expected[1]! < expected[2]! && expected[2]! <= 1, JSON.stringify(expected));
    ok(expected[2]! > 0.85);
  });
});
