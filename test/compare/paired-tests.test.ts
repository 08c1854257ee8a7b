import { deepEqual, equal, ok } from "node:assert/strict";

import { testAreas, testDecisions } from "../../lib/compare/paired-tests";

describe("testDecisions(alignment, reference, other, confidence)", () => {
  // Right: reference 0 1 2 3, other 0 4 5 6 7 8 9.
  const labels = Array.from({ length: 10 }, () => 1);
  const right = (list: readonly number[]) => ({ meanDecision: labels.map((_, row) => (list.includes(row) ? 1 : 0)) });
  const reference = right([0, 1, 2, 3]);
  const other = right([0, 4, 5, 6, 7, 8, 9]);

  it("counts who is right alone, and gives the coin's p-value", () => {
    const { counts, p, oddsRatio, difference } = testDecisions({ labels }, reference, other, 0.95);
    deepEqual(counts, { both: 1, onlyFirst: 3, onlySecond: 6, neither: 0 });
    // 2 (C(9,0) + C(9,1) + C(9,2) + C(9,3)) / 2^9.
    ok(Math.abs(p - (2 * (1 + 9 + 36 + 84)) / 512) < 1e-12);
    equal(oddsRatio.value, 2);
    equal(difference.difference, 0.3);
  });

  it("turns its sign when the two change places", () => {
    const [one, two] = [
      testDecisions({ labels }, reference, other, 0.95),
      testDecisions({ labels }, other, reference, 0.95),
    ];
    equal(one.p, two.p);
    equal(one.difference.difference, -two.difference.difference);
    ok(Math.abs(one.difference.low + two.difference.high) < 1e-12);
  });

  it("finds nothing between a model and itself", () => {
    const { p, difference } = testDecisions({ labels }, other, other, 0.95);
    equal(p, 1);
    equal(difference.difference, 0);
  });
});

describe("testAreas(alignment, reference, other, confidence)", () => {
  it("is other minus reference, of the mean probabilities", () => {
    const labels = [0, 0, 0, 1, 1, 1];
    const good = { meanProbability: [0.1, 0.2, 0.6, 0.5, 0.8, 0.9] };
    const bad = { meanProbability: [0.1, 0.7, 0.6, 0.5, 0.3, 0.9] };
    // Pairs in the right order: 8 of 9, and 5 of 9.
    const test = testAreas({ labels }, bad, good, 0.95);
    ok(Math.abs(test.first - 8 / 9) < 1e-12);
    ok(Math.abs(test.difference - 3 / 9) < 1e-12);
    ok(Math.abs(testAreas({ labels }, good, bad, 0.95).difference + 3 / 9) < 1e-12);
    equal(testAreas({ labels }, good, good, 0.95).p, 1);
  });
});
