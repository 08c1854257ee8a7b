import { deepEqual, equal, match, ok } from "node:assert/strict";

import { alignPredictions } from "../../lib/compare/align";
import { sizesOfFolds, testOverFolds, type FoldTestOptions } from "../../lib/compare/fold-test";
import type { PredictionSet } from "../../lib/evaluate/predictions";
import { examplePredictions, setOf } from "./example";

const defaults: FoldTestOptions = { measure: "accuracy", confidence: 0.95 };
const run = (sets: readonly PredictionSet[], options: Partial<FoldTestOptions> = {}) => {
  const alignment = alignPredictions(sets, { threshold: { kind: "fixed", at: 0.5 }, unit: "images" });
  return testOverFolds(alignment, alignment.models[0]!, alignment.models[1]!, { ...defaults, ...options });
};

// Twelve images in three folds; the second model is right about 4, 3 and 2 of 4, the first about 2 in each.
const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
const right = (rows: readonly number[]) => labels.map((label, row) => (rows.includes(row) ? label : 1 - label));
const inFolds = (_: unknown, index: number) => ({ fold: `fold ${Math.floor(index / 4) + 1}` });
const first = setOf("a", labels, right([0, 1, 4, 5, 8, 9]), inFolds);
const second = setOf("b", labels, right([0, 1, 2, 3, 4, 5, 6, 8, 9]), inFolds);

describe("testOverFolds(alignment, reference, other, options)", () => {
  it("gives the corrected t-test of the differences, worked out by hand", () => {
    const { differences, sizes, test, cohensD, reason } = run([first, second]);
    deepEqual(differences, [
      { fold: "fold 1", seed: null, difference: 0.5 },
      { fold: "fold 2", seed: null, difference: 0.25 },
      { fold: "fold 3", seed: null, difference: 0 },
    ]);
    deepEqual(sizes, { train: 8, test: 4 });
    // Mean 0.25, deviation 0.25; variance of the mean (1/3 + 4/8) 0.0625.
    const t = 0.25 / Math.sqrt((1 / 3 + 0.5) * 0.0625);
    ok(Math.abs(test!.t! - t) < 1e-12);
    // With two degrees of freedom: p = 1 - t / sqrt(t² + 2).
    ok(Math.abs(test!.p! - (1 - t / Math.sqrt(t * t + 2))) < 1e-10);
    ok(Math.abs(cohensD! - 1) < 1e-12);
    equal(reason, null);
  });

  it("takes one difference a fold, however many seeds there are", () => {
    const [a, b] = [examplePredictions("a", { seeds: [1, 2] }), examplePredictions("b", { seeds: [1, 2], draw: 2 })];
    equal(run([a, b]).differences.length, 3);
  });

  it("finds nothing between a model and its copy", () => {
    const { test } = run([first, { ...first, model: "b" }]);
    equal(test!.p, 1);
    equal(test!.mean, 0);
  });

  it("says why there is no test: one fold, a fold of one class, nothing to learn from", () => {
    const one = [setOf("a", [0, 1], [0, 1]), setOf("b", [0, 1], [1, 0])];
    match(run(one).reason!, /one fold only, "fold 1"/);
    const across = (set: PredictionSet) => ({
      ...set,
      rows: set.rows.map((row) => ({ ...row, fold: `fold ${row.label + 1}` })),
    });
    const { test, reason } = run([across(first), across(second)], { measure: "areaUnderCurve" });
    equal(test, null);
    match(reason!, /areaUnderCurve is not defined in fold 1/);
    // Of two folds, each is validated on the other.
    const halves = run([examplePredictions("a", { folds: 2 }), examplePredictions("b", { folds: 2, draw: 2 })]);
    equal(halves.test, null);
    match(halves.reason!, /No images are left to learn from beside 60 tested ones/);
  });
});

describe("sizesOfFolds(alignment)", () => {
  it("takes test and validation from all", () => {
    const folds = ["fold 1", "fold 1", "fold 2", "fold 2", "fold 3", "fold 3"];
    const validation = new Map([["fold 1", 1]]);
    const { train, test } = sizesOfFolds({ folds, validation });
    equal(test, 2);
    ok(Math.abs(train - (4 - 1 / 3)) < 1e-12);
  });
});
