import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { measureNames } from "../../lib/evaluate/measures";
import { examplePredictions } from "./example";

const fast = { replicates: 200 };
const set = examplePredictions({ seeds: [3, 5], views: 2 });
const evaluation = evaluatePredictions(set, fast);

describe("evaluatePredictions(set, options)", () => {
  it("measures each fold and seed, each seed, all images, and all patients", () => {
    deepEqual(
      evaluation.folds.map(({ fold, seed, cases, malignant, patients }) => [fold, seed, cases, malignant, patients]),
      [
        ["fold 1", 3, 60, 20, 30],
        ["fold 2", 3, 60, 20, 30],
        ["fold 1", 5, 60, 20, 30],
        ["fold 2", 5, 60, 20, 30],
      ],
    );
    deepEqual(
      evaluation.seeds.map(({ fold, seed, cases }) => [fold, seed, cases]),
      [
        [null, 3, 120],
        [null, 5, 120],
      ],
    );
    deepEqual([evaluation.pooled.cases, evaluation.pooled.malignant, evaluation.pooled.patients], [120, 40, 60]);
    deepEqual([evaluation.patients.cases, evaluation.patients.malignant, evaluation.patients.patients], [60, 20, 60]);
  });

  it("pools folds within a seed, and takes the mean over seeds", () => {
    for (const name of measureNames) {
      const [a, b] = evaluation.seeds.map(({ measures }) => measures[name].value!);
      ok(Math.abs(evaluation.pooled.measures[name].value! - (a! + b!) / 2) < 1e-12, name);
    }
    // Folds are of one size here: the accuracy of all is the mean of theirs.
    const accuracies = evaluation.folds.map(({ measures }) => measures.accuracy.value!);
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / 4;
    ok(Math.abs(evaluation.pooled.measures.accuracy.value! - mean) < 1e-12);
    ok(Math.abs(evaluation.spread.accuracy.folds!.mean - mean) < 1e-12);
  });

  it("is better for patients than for images, as the mean of two views is surer", () => {
    ok(evaluation.patients.measures.areaUnderCurve.value! > evaluation.pooled.measures.areaUnderCurve.value!);
  });

  it("gives the same for the same seed, whatever the order of the rows, and other intervals for another", () => {
    deepEqual(evaluatePredictions(set, fast), evaluation);
    const reversed = evaluatePredictions({ ...set, rows: [...set.rows].reverse() }, fast);
    const values = ({ pooled }: typeof evaluation) =>
      measureNames.flatMap((name) => {
        const { value, low, high } = pooled.measures[name];
        return [value, low, high].map((one) => one!.toFixed(12));
      });
    deepEqual(values(reversed), values(evaluation));
    const other = evaluatePredictions(set, { ...fast, seed: 2 }).pooled.measures.accuracy;
    ok(
      other.low !== evaluation.pooled.measures.accuracy.low || other.high !== evaluation.pooled.measures.accuracy.high,
    );
  });

  it("survives JSON as it is", () => {
    deepEqual(JSON.parse(JSON.stringify(evaluation)), evaluation);
  });

  it("gives no area for a fold of one class, with the reason, and still pools", () => {
    const rows = set.rows.filter(({ fold, label, part }) => fold !== "fold 1" || label === 0 || part === "validation");
    const { folds, pooled, spread } = evaluatePredictions({ ...set, rows }, fast);
    const { value, low, reason } = folds[0]!.measures.areaUnderCurve;
    deepEqual([value, low, reason], [null, null, "All 40 cases are benign."]);
    ok(folds[0]!.measures.accuracy.value! > 0);
    ok(pooled.measures.areaUnderCurve.value! > 0.5);
    equal(spread.areaUnderCurve.folds!.leftOut, 1);
  });

  it("states how thresholds were chosen, and each of them", () => {
    const chosen = evaluatePredictions(set, { ...fast, threshold: { kind: "youden" } });
    match(chosen.thresholdRule, /^greatest Youden index on the validation part/);
    equal(chosen.thresholds.length, 4);
    equal(evaluation.thresholdRule, "0.5, fixed beforehand");
  });

  it("tells what temperatures mend", () => {
    const sure = examplePredictions({ patients: 150, sureness: 5, distance: 1 });
    const { temperature, pooled } = evaluatePredictions(sure, { ...fast, temperature: true });
    equal(temperature!.before.brierScore.value, pooled.measures.brierScore.value);
    ok(temperature!.after.brierScore.value! < temperature!.before.brierScore.value!);
    ok(temperature!.after.expectedCalibrationError.value! < temperature!.before.expectedCalibrationError.value!);
    equal(evaluation.temperature, null);
  });

  it("hands on what is odd, and refuses what is wrong", () => {
    const rows = set.rows.map((row) => ({ ...row, probability: 1 - row.probability, logit: -row.logit! }));
    match(evaluatePredictions({ ...set, rows }, fast).notices[0]!, /wrong way round/);
    throws(() => evaluatePredictions(set, { ...fast, expected: ["x"] }), /is not among the 1 expected/);
    throws(() => evaluatePredictions(set, { replicates: 0 }), /replicates: 0, expected a whole number from 1/);
    throws(
      () => evaluatePredictions(set, { ...fast, confidence: 95 }),
      /confidence: 95, expected a number between 0 and 1/,
    );
    throws(
      () => evaluatePredictions(set, { ...fast, operatingPoints: [90] }),
      /operatingPoints\[0\]: 90, expected a number between 0 and 1/,
    );
    throws(() => evaluatePredictions(set, { treshold: 1 } as object), /no option "treshold".*"threshold"/);
  });
});
