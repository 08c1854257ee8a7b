import { deepEqual, ok } from "node:assert/strict";

import { changeLevels } from "../../../lib/data/augment/levels";

const slope = Float32Array.from({ length: 4097 }, (_, place) => place / 4096);
const changed = (gamma: number, contrast: number, levels = slope) => {
  const copy = levels.slice();
  changeLevels(copy, { gamma, contrast });
  return copy;
};

describe("changeLevels(levels, change)", () => {
  it("changes nothing at gamma 1 and contrast 1, to the bit", () => {
    deepEqual(changed(1, 1), slope);
  });

  it("raises levels to the power gamma, within a tenth of one of 256 gray levels", () => {
    for (const gamma of [0.6, 0.7, 0.9, 1.1, 1.4, 2]) {
      const worst = Math.max(...changed(gamma, 1).map((level, place) => Math.abs(level - slope[place]! ** gamma)));
      ok(worst < 0.0004, `gamma ${gamma}: ${worst}`);
    }
  });

  it("keeps black, white and the order of levels", () => {
    for (const gamma of [0.1, 0.7, 1.4, 10]) {
      const levels = changed(gamma, 1);
      ok(levels[0] === 0 && Math.abs(levels[4096]! - 1) < 1e-6);
      ok(levels.every((level, place) => place === 0 || level >= levels[place - 1]!));
    }
  });

  it("spreads levels about their mean", () => {
    const levels = Float32Array.of(0.2, 0.4, 0.6);
    ok(changed(1, 1.5, levels).every((level, place) => Math.abs(level - [0.1, 0.4, 0.7][place]!) < 1e-6));
    ok(changed(1, 0, levels).every((level) => Math.abs(level - 0.4) < 1e-6));
  });

  it("takes the mean after gamma, and clips", () => {
    const levels = Float32Array.of(0, 0.5, 1, 1);
    const mean = (0 + 0.25 + 1 + 1) / 4;
    ok(
      changed(2, 3, levels).every(
        (level, place) => Math.abs(level - [0, Math.max(0, mean + 3 * (0.25 - mean)), 1, 1][place]!) < 1e-3,
      ),
    );
  });
});
