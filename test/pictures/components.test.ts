import { deepEqual, equal } from "node:assert/strict";

import { componentsOf, fillHoles, largestComponent } from "../../lib/pictures/components";
import { areaOfMask, outlineOfMask } from "../../lib/pictures/mask";
import type { Mask } from "../../lib/pictures/picture";
import { recordedPairs } from "../helpers/blobs";

const maskOf = (...rows: string[]): Mask => ({
  width: rows[0]!.length,
  height: rows.length,
  pixels: Uint8Array.from(rows.join(""), (sign) => (sign === "#" ? 1 : 0)),
});
const rowsOf = ({ width, pixels }: Mask) =>
  Array.from({ length: pixels.length / width }, (_, row) =>
    [...pixels.subarray(row * width, (row + 1) * width)].map((one) => (one === 1 ? "#" : ".")).join(""),
  );

describe("componentsOf(mask)", () => {
  it("numbers parts that touch, at corners too, by their first pixel", () => {
    const { labels, areas } = componentsOf(maskOf("#..#", ".#..", "...#"));
    deepEqual([...labels], [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 3]);
    deepEqual(areas, [2, 1, 1]);
  });

  it("finds the parts that SciPy finds", () => {
    for (const { found, expert, parts } of recordedPairs) {
      const differing = found.pixels.map((pixel, place) => pixel ^ expert.pixels[place]!);
      const { areas } = componentsOf({ ...found, pixels: differing });
      deepEqual(
        [...areas].sort((a, b) => a - b),
        parts,
      );
    }
  });

  it("does not join the ends of neighbouring rows", () => {
    deepEqual(componentsOf(maskOf("..#", "...", "#..")).areas, [1, 1]);
    deepEqual(componentsOf(maskOf("...#", "#...")).areas, [1, 1]);
  });
});

describe("largestComponent(mask)", () => {
  it("keeps the largest part, the first of equal ones, and of nothing nothing", () => {
    deepEqual(rowsOf(largestComponent(maskOf("#..##", "...##", "#...."))!), ["...##", "...##", "....."]);
    deepEqual(rowsOf(largestComponent(maskOf("#.#"))!), ["#.."]);
    equal(largestComponent(maskOf("...")), null);
  });
});

describe("fillHoles(mask)", () => {
  it("fills what the border does not reach, corners not counting", () => {
    deepEqual(rowsOf(fillHoles(maskOf("####", "#..#", "##.#", "####"))), ["####", "####", "####", "####"]);
    deepEqual(rowsOf(fillHoles(maskOf(".##", "#.#", "##."))), [".##", "###", "##."]);
    deepEqual(rowsOf(fillHoles(maskOf("###", "#..", "###"))), ["###", "#..", "###"]);
  });

  it("fills an outline as SciPy does", () => {
    for (const { found, filled } of recordedPairs) equal(areaOfMask(fillHoles(outlineOfMask(found))), filled);
  });
});
