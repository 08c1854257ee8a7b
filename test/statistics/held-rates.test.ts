import { equal, ok } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { heldRate, rankRows } from "../../lib/statistics/held-rates";

/** The same from every threshold of every stratum, the slow way. */
function slow(
  labels: number[],
  scores: number[],
  strata: string[],
  weights: number[],
  held: string,
  at: number,
): number {
  let [right, all] = [0, 0];
  for (const name of new Set(strata)) {
    const rows = labels.map((_, row) => row).filter((row) => strata[row] === name && weights[row]! > 0);
    const count = (label: number, when: (score: number) => boolean) =>
      rows.reduce((sum, row) => sum + (labels[row] === label && when(scores[row]!) ? weights[row]! : 0), 0);
    const [zeros, ones] = [count(0, () => true), count(1, () => true)];
    if (zeros === 0 || ones === 0) continue;
    const points = [...scores, Infinity].map((threshold) => ({
      sensitivity: count(1, (score) => score >= threshold) / ones,
      specificity: count(0, (score) => score < threshold) / zeros,
    }));
    if (held === "specificity") {
      right += ones * Math.max(...points.filter((one) => one.specificity >= at - 1e-12).map((one) => one.sensitivity));
      all += ones;
    } else {
      right += zeros * Math.max(...points.filter((one) => one.sensitivity >= at - 1e-12).map((one) => one.specificity));
      all += zeros;
    }
  }
  return right / all;
}

describe("heldRate(rows, weights, held, at)", () => {
  it("is the best of every stratum's thresholds, with ties and rows that count several times", () => {
    const random = createRandom(2);
    for (let round = 0; round < 60; round++) {
      const count = 30;
      const labels = Array.from({ length: count }, () => random.integer(0, 1));
      const scores = labels.map((label) => Math.round(10 * (random.uniform() + 0.4 * label)) / 10);
      const strata = labels.map(() => `fold ${random.integer(1, 3)}`);
      const weights = labels.map(() => random.integer(0, 2));
      for (const held of ["sensitivity", "specificity"] as const) {
        for (const at of [0.5, 0.8, 0.95, 1]) {
          const found = heldRate(rankRows(labels, scores, strata), weights, held, at);
          const expected = slow(labels, scores, strata, weights, held, at);
          ok(Object.is(found, expected) || Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);
        }
      }
    }
  });

  it("does not see the scale of a stratum, and is not defined without two classes", () => {
    const labels = [0, 1, 0, 1];
    const strata = ["a", "a", "b", "b"];
    equal(heldRate(rankRows(labels, [0.1, 0.2, 0.8, 0.9], strata), [1, 1, 1, 1], "specificity", 1), 1);
    equal(heldRate(rankRows(labels, [0.2, 0.1, 0.8, 0.9], strata), [1, 1, 1, 1], "specificity", 1), 0.5);
    equal(heldRate(rankRows(labels, [0.1, 0.2, 0.8, 0.9], strata), [1, 0, 0, 1], "specificity", 1), NaN);
  });
});
