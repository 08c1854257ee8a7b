import { deepEqual, equal } from "node:assert/strict";

import type { Estimate } from "../../lib/evaluate/estimate";
import { measureNames, type MeasureName } from "../../lib/evaluate/measures";
import { spreadOf } from "../../lib/evaluate/spread";

const measured = (fold: string | null, seed: number, value: number | null) => {
  const estimate: Estimate = { value, low: null, high: null, method: null, reason: null, beside: null };
  const measures = Object.fromEntries(measureNames.map((name) => [name, estimate])) as Record<MeasureName, Estimate>;
  return { fold, seed, measures };
};

describe("spreadOf(folds, seeds)", () => {
  it("gives mean and deviation over folds, each the mean over its seeds, and over seeds", () => {
    const folds = [measured("a", 1, 1), measured("a", 2, 3), measured("b", 1, 5), measured("b", 2, 7)];
    const { accuracy } = spreadOf(folds, [measured(null, 1, 3), measured(null, 2, 5)]);
    deepEqual(accuracy.folds, { mean: 4, deviation: 2, count: 2, leftOut: 0 });
    deepEqual(accuracy.seeds, { mean: 4, deviation: 1, count: 2, leftOut: 0 });
  });

  it("leaves out folds without a value, and says how many", () => {
    const folds = [measured("a", 1, 1), measured("b", 1, null), measured("c", 1, 3)];
    deepEqual(spreadOf(folds, []).accuracy.folds, { mean: 2, deviation: 1, count: 2, leftOut: 1 });
  });

  it("gives none of a single fold, a single seed, or where nothing is defined", () => {
    const one = spreadOf([measured("a", 1, 1)], [measured(null, 1, 1)]).f1;
    deepEqual([one.folds, one.seeds], [null, null]);
    equal(spreadOf([measured("a", 1, null), measured("b", 1, null)], []).f1.folds, null);
  });
});
