import { deepEqual, equal, notEqual, ok } from "node:assert/strict";

import { percentileOfSorted, stretch } from "../../../lib/data/prepare/stretch";

const near = (one: number, other: number) => Math.abs(one - other) < 1e-6;

describe("percentileOfSorted(sorted, percent)", () => {
  // numpy.percentile([0.1, 0.7, 0.35, 0.9, 0.2, 0.55, 1.0], [0, 5, 25, 50, 90, 95, 100]), NumPy 2.4.6.
  it("gives the numbers that NumPy gives", () => {
    const sorted = [0.1, 0.7, 0.35, 0.9, 0.2, 0.55, 1].sort((one, other) => one - other);
    const own = [0, 5, 25, 50, 90, 95, 100].map((percent) => percentileOfSorted(sorted, percent));
    ok([0.1, 0.13, 0.275, 0.55, 0.94, 0.97, 1].every((value, index) => Math.abs(value - own[index]!) < 1e-12));
  });

  it("needs one value only", () => {
    deepEqual(
      [0, 5, 95, 100].map((percent) => percentileOfSorted([4], percent)),
      [4, 4, 4, 4],
    );
  });
});

describe("stretch(picture, percentiles)", () => {
  const pixels = Float32Array.from({ length: 101 }, (_, place) => 0.2 + 0.005 * ((place * 37) % 101));
  const picture = { width: 101, height: 1, pixels };

  it("makes the two percentiles 0 and 1, and what lies between them a straight line", () => {
    // The levels are 0.2, 0.205, ... 0.7 in some order: the 5th percentile is 0.225, the 95th 0.675.
    const stretched = stretch(picture, { low: 5, high: 95 });
    ok(
      stretched.pixels.every((level, place) => near(level, Math.min(1, Math.max(0, (pixels[place]! - 0.225) / 0.45)))),
    );
    equal(Math.min(...stretched.pixels), 0);
    equal(Math.max(...stretched.pixels), 1);
  });

  it("gives the same for a picture of other brightness and contrast", () => {
    const darker = { ...picture, pixels: pixels.map((level) => 0.1 + 0.4 * level) };
    const [one, other] = [picture, darker].map((each) => stretch(each, { low: 5, high: 95 }).pixels);
    ok(one!.every((level, place) => Math.abs(level - other![place]!) < 1e-5));
  });

  it("leaves a picture without contrast as it is", () => {
    const flat = { width: 4, height: 1, pixels: new Float32Array(4).fill(0.3) };
    deepEqual(stretch(flat, { low: 5, high: 95 }), flat);
  });

  it("leaves its picture as it is", () => {
    const before = pixels.slice();
    notEqual(stretch(picture, { low: 0, high: 100 }).pixels, pixels);
    deepEqual(pixels, before);
  });
});
