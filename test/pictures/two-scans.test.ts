import { equal } from "node:assert/strict";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import type { Picture } from "../../lib/pictures/picture";
import { resize } from "../../lib/pictures/resize";
import { showsTwoScans } from "../../lib/pictures/two-scans";
import { createRandom } from "../../lib/runtime/random";

const scans = generatePhantoms({ count: 6, size: 96, random: createRandom(3) }).map(({ pixels }): Picture => ({
  width: 96,
  height: 96,
  pixels: Float32Array.from(pixels, (level) => Math.max(0.04, level)),
}));

/** Puts two scans beside each other, so many black columns between them. */
function beside(left: Picture, right: Picture, gap: number): Picture {
  const width = left.width + gap + right.width;
  const pixels = new Float32Array(width * left.height);
  for (let row = 0; row < left.height; row++) {
    pixels.set(left.pixels.subarray(row * left.width, (row + 1) * left.width), row * width);
    pixels.set(right.pixels.subarray(row * right.width, (row + 1) * right.width), row * width + left.width + gap);
  }
  return { width, height: left.height, pixels };
}

describe("showsTwoScans(picture)", () => {
  it("knows two scans with a black gap between them, and no single one", () => {
    for (const [index, scan] of scans.entries()) {
      equal(showsTwoScans(scan), false);
      const other = scans[(index + 1) % scans.length]!;
      equal(showsTwoScans(beside(scan, other, 6)), true);
    }
  });

  it("knows two scans that touch each other, and none in one with a line through it", () => {
    // As devices draw them: a beam is several pixels wide.
    const drawn = scans.map((scan) => resize(scan, 4 * scan.width, 4 * scan.height, { filter: "bicubic" }));
    for (const [index, scan] of drawn.entries()) {
      equal(showsTwoScans(scan), false, String(index));
      equal(showsTwoScans(beside(scan, drawn[(index + 1) % drawn.length]!, 0)), true, String(index));
      for (const [thickness, level] of [
        [1, 0],
        [1, 1],
        [2, 1],
      ] as const) {
        // prettier-ignore
        const pixels = Float32Array.from(scan.pixels, (own, at) =>
          at % scan.width >= 190 && at % scan.width < 190 + thickness ? level : own,
        );
        equal(showsTwoScans({ ...scan, pixels }), false, `${index}: ${thickness} of ${level}`);
      }
    }
  });

  it("takes no dark picture, no scan beside black, and no gap at the side for two", () => {
    const [scan] = scans as [Picture];
    equal(showsTwoScans({ width: 90, height: 60, pixels: new Float32Array(5400) }), false);
    equal(showsTwoScans(beside(scan, { ...scan, pixels: new Float32Array(scan.pixels.length) }, 6)), false);
    const narrow = { width: 20, height: 96, pixels: new Float32Array(20 * 96).fill(0.5) };
    equal(showsTwoScans(beside(scan, narrow, 6)), false);
  });
});
