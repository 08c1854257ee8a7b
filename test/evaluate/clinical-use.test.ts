import { equal, match, ok, throws } from "node:assert/strict";

import { measureUse, useTable } from "../../lib/evaluate/clinical-use";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { calibrationLine } from "../../lib/statistics/calibration-line";
import { predictiveValues } from "../../lib/statistics/net-benefit";
import { examplePredictions } from "./example";

const fast = { replicates: 100 };

describe("measureUse(evaluation, options)", () => {
  const evaluation = evaluatePredictions(examplePredictions({ patients: 150, views: 2 }), fast);

  it("gives predictive values by the patients' sensitivity and specificity, at the stated prevalences", () => {
    const { settings, patients } = measureUse(evaluation);
    equal(patients, 300);
    const { sensitivity, specificity } = evaluation.patients.measures;
    for (const { prevalence, positive, negative } of settings) {
      const expected = predictiveValues(sensitivity.value!, specificity.value!, prevalence);
      ok(
        Math.abs(positive.value! - expected.positive!) < 1e-12 &&
          Math.abs(negative.value! - expected.negative!) < 1e-12,
      );
      ok(positive.low! < positive.value! && positive.value! < positive.high!);
    }
    const [own] = measureUse(evaluation, { settings: [{ name: "here", prevalence: 1 / 3 }] }).settings;
    ok(Math.abs(own!.positive.value! - evaluation.patients.measures.precision.value!) < 1e-12);
  });

  it("finds that logits of twice the size have half the slope", () => {
    const slope = (sureness: number) =>
      measureUse(evaluatePredictions(examplePredictions({ patients: 150, sureness }), fast)).calibrationSlope;
    ok(Math.abs(slope(2).value! - slope(1).value! / 2) < 1e-6);
    ok(slope(1).low! < slope(1).value! && slope(1).value! < slope(1).high!);
    const { cases } = evaluatePredictions(examplePredictions({ patients: 150 }), fast);
    const line = calibrationLine(
      cases.map(({ label }) => label),
      cases.map(({ probability }) => probability),
    );
    ok(Math.abs(slope(1).value! - line.slope!.value) < 1e-12);
  });

  it("says why something is not defined, and which probabilities were taken for others", () => {
    const set = examplePredictions({ validation: false });
    const extreme = { ...set, rows: set.rows.map((row, index) => ({ ...row, logit: null, probability: index === 0 ? 1 : row.probability })) }; // prettier-ignore
    match(measureUse(evaluatePredictions(extreme, fast)).notes.join(), /1 probabilities are exactly 0 or 1/);
    const flat = { ...set, rows: set.rows.map((row) => ({ ...row, logit: null, probability: 0.3 })) };
    const { calibrationSlope, notes, settings } = measureUse(evaluatePredictions(flat, fast));
    equal(calibrationSlope.value, null);
    equal(settings[0]!.positive.value, null);
    match(notes.join(), /are the same/);
    const single = { ...set, rows: set.rows.filter(({ label }) => label === 0) };
    match(measureUse(evaluatePredictions(single, fast)).notes.join(), /of one class/);
    throws(() => measureUse(evaluation, { settings: [{ name: "x", prevalence: 40 }] }), { name: "Problem" });
  });

  it("gives no slope where each network says the same of all its cases, as that of the commoner class does", () => {
    const set = examplePredictions({ validation: false });
    const folds = [...new Set(set.rows.map(({ fold }) => fold))];
    ok(folds.length > 1);
    const rows = set.rows.map((row) => ({ ...row, logit: null, probability: 0.3 + 0.01 * folds.indexOf(row.fold) }));
    const { calibrationSlope, calibrationIntercept, notes } = measureUse(evaluatePredictions({ ...set, rows }, fast));
    equal(calibrationSlope.value, null);
    ok(calibrationIntercept.value !== null);
    match(notes.join(" "), /Each network says the same of all cases/);
  });
});

describe("useTable(uses)", () => {
  it("names the prevalence of each column", () => {
    const use = measureUse(evaluatePredictions(examplePredictions(), fast));
    const [row] = useTable([use]);
    match(
      Object.keys(row!).join("|"),
      /calibration slope\|calibration intercept\|PPV, screening \(0\.6 %\)\|NPV, screening/,
    );
    match(String(row!["calibration slope"]), /^\d\.\d\d \[/);
  });
});
