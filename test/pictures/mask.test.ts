import { deepEqual, equal, throws } from "node:assert/strict";

import { areaOfMask, boxOfMask, maskOfPicture, outlineOfMask, uniteMasks } from "../../lib/pictures/mask";
import type { Mask } from "../../lib/pictures/picture";

/** Reads a mask drawn with # and dots. */
function draw(...rows: string[]): Mask {
  return {
    width: rows[0]!.length,
    height: rows.length,
    pixels: Uint8Array.from(rows.join(""), (sign) => (sign === "#" ? 1 : 0)),
  };
}

const show = ({ width, height, pixels }: Mask) =>
  Array.from({ length: height }, (_, row) =>
    [...pixels.subarray(row * width, (row + 1) * width)].map((pixel) => (pixel ? "#" : ".")).join(""),
  );

/** A gray picture of one row. */
const gray = (...levels: number[]) => ({
  width: levels.length,
  height: 1,
  pixels: Float32Array.from(levels),
  channels: 1,
  bits: 8 as const,
  colors: null,
});

describe("maskOfPicture(picture, color)", () => {
  it("takes 0 and 255 as well as 0 and 1", () => {
    deepEqual(show(maskOfPicture(gray(0, 1, 1, 0))), [".##."]);
    deepEqual(show(maskOfPicture(gray(0, 1 / 255, 1 / 255, 0))), [".##."]);
  });

  it("cuts soft edges at half of the brightest", () => {
    deepEqual(show(maskOfPicture(gray(0.02, 0.3, 0.6, 0.98))), ["..##"]);
  });

  it("is empty for a black picture", () => {
    equal(areaOfMask(maskOfPicture(gray(0, 0, 0))), 0);
  });

  it("keeps one colour where one is asked for", () => {
    const colors = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 0, 250, 250, 250);
    const picture = { ...gray(0.3, 0.6, 0, 1), channels: 3, colors };
    deepEqual(show(maskOfPicture(picture, "red")), ["#..."]);
    deepEqual(show(maskOfPicture(picture, "green")), [".#.."]);
    deepEqual(show(maskOfPicture(gray(1, 1), "red")), [".."], "a gray picture has no colour");
  });
});

describe("uniteMasks(masks, name)", () => {
  it("gives what is lesion in any", () => {
    deepEqual(show(uniteMasks([draw("#..", "..."), draw("..#", "#..")], "x")), ["#.#", "#.."]);
  });

  it("does not change the masks", () => {
    const first = draw("#..");
    uniteMasks([first, draw("..#")], "x");
    deepEqual(show(first), ["#.."]);
  });

  it("refuses masks of different sizes", () => {
    throws(
      () => uniteMasks([draw("#.."), draw("#.", "..")], "benign (4)"),
      /benign \(4\) have different sizes: 3 × 1 and 2 × 2/,
    );
  });
});

describe("boxOfMask(mask) and areaOfMask(mask)", () => {
  it("enclose and count the lesion", () => {
    const mask = draw(".....", "..#..", ".##..", ".....");
    deepEqual(boxOfMask(mask), { left: 1, top: 1, width: 2, height: 2 });
    equal(areaOfMask(mask), 3);
  });

  it("find a single pixel in a corner, and nothing in an empty mask", () => {
    deepEqual(boxOfMask(draw("...", "..#")), { left: 2, top: 1, width: 1, height: 1 });
    equal(boxOfMask(draw("...", "...")), null);
  });
});

describe("outlineOfMask(mask)", () => {
  it("leaves the inside out", () => {
    deepEqual(show(outlineOfMask(draw(".....", ".###.", ".###.", ".###.", "....."))), [
      ".....",
      ".###.",
      ".#.#.",
      ".###.",
      ".....",
    ]);
  });

  it("runs along the picture's border", () => {
    deepEqual(show(outlineOfMask(draw("###", "###", "###"))), ["###", "#.#", "###"]);
  });
});
