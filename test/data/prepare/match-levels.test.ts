import { deepEqual, equal, ok } from "node:assert/strict";

import { matchLevels } from "../../../lib/data/prepare/match-levels";
import { percentileOfSorted } from "../../../lib/data/prepare/stretch";

const pictureOf = (levels: readonly number[]) => ({
  width: levels.length,
  height: 1,
  pixels: Float32Array.from(levels),
});
const near = (one: ArrayLike<number>, other: readonly number[]) =>
  other.every((value, place) => Math.abs(value - one[place]!) < 1e-6) && one.length === other.length;

/** Levels of which none stands twice, dark ones far more often than bright ones. */
const crooked = Array.from({ length: 1009 }, (_, place) => (((place * 37) % 1009) / 1009) ** 3);

describe("matchLevels(picture, quantiles)", () => {
  it("gives each level the quantile of its middle rank", () => {
    // Ranks 1/8, 3/8, 5/8 and 7/8, in the picture's order.
    ok(near(matchLevels(pictureOf([0.3, 0.1, 0.9, 0.2]), [0, 1]).pixels, [0.625, 0.125, 0.875, 0.375]));
    // The median of [0, 0.2, 1] is 0.2: below, a share s is 0.4 s, above, 0.2 + 1.6 (s - 0.5).
    ok(near(matchLevels(pictureOf([0.3, 0.1, 0.9, 0.2]), [0, 0.2, 1]).pixels, [0.4, 0.05, 0.8, 0.15]));
  });

  it("makes quantiles those that were stated, whatever they were", () => {
    const quantiles = [0.05, 0.1, 0.3, 0.35, 0.8];
    const sorted = matchLevels(pictureOf(crooked), quantiles).pixels.sort();
    for (let percent = 1; percent < 100; percent++)
      ok(Math.abs(percentileOfSorted(sorted, percent) - percentileOfSorted(quantiles, percent)) < 0.002, `${percent}`);
  });

  it("keeps the order, and equal levels equal", () => {
    const levels = crooked.map((level) => Math.round(level * 20) / 20);
    const { pixels } = matchLevels(pictureOf(levels), [0, 0.5, 0.6, 1]);
    const pairs = levels.map((level, place) => [level, pixels[place]!] as const).sort(([a], [b]) => a - b);
    for (const [place, [level, matched]] of pairs.entries()) {
      const [before, matchedBefore] = pairs[Math.max(0, place - 1)]!;
      ok(level === before ? matched === matchedBefore : matched > matchedBefore);
    }
    // Half of all pixels are at 0.1: they lie in the middle of the ranks that they share.
    ok(near(matchLevels(pictureOf([0.1, 0.1, 0.5, 0.9]), [0, 1]).pixels, [0.25, 0.25, 0.625, 0.875]));
  });

  it("gives the same whatever a scanner did to brightness and contrast, as long as order stays", () => {
    const other = crooked.map((level) => 0.2 + 0.5 * level ** 0.4);
    deepEqual(matchLevels(pictureOf(crooked), [0, 1]).pixels, matchLevels(pictureOf(other), [0, 1]).pixels);
  });

  it("leaves a picture without contrast, and what it was given, as they are", () => {
    const flat = pictureOf([0.3, 0.3, 0.3]);
    deepEqual(matchLevels(flat, [0, 1]), flat);
    deepEqual(matchLevels(pictureOf([0.7]), [0, 1]), pictureOf([0.7]));
    const given = pictureOf(crooked);
    equal(matchLevels(given, [0, 1]).pixels === given.pixels, false);
    deepEqual(given, pictureOf(crooked));
  });
});
