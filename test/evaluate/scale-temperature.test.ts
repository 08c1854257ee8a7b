import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { scaleTemperature } from "../../lib/evaluate/scale-temperature";
import { areaUnderCurve } from "../../lib/statistics/area-under-curve";
import { logLoss } from "../../lib/statistics/scoring-rules";
import { examplePredictions } from "./example";

describe("scaleTemperature(set)", () => {
  it("finds by how much logits are too sure of themselves", () => {
    // Logits at a distance of 1 with deviation 1 are calibrated but for the prevalence; here, they are multiplied by four.
    const options = { patients: 600, folds: 1, distance: 1 };
    const [plain] = scaleTemperature(examplePredictions(options)).temperatures;
    const [sure] = scaleTemperature(examplePredictions({ ...options, sureness: 4 })).temperatures;
    ok(Math.abs(sure!.temperature / plain!.temperature - 4) < 1e-6, `${sure!.temperature} / ${plain!.temperature}`);
    equal(sure!.atBound, false);
  });

  it("makes the log loss of tested images less, and keeps their order and the decisions at 0.5", () => {
    const set = examplePredictions({ patients: 200, sureness: 5, distance: 1 });
    const test = (rows: typeof set.rows) => rows.filter(({ part, fold }) => part === "test" && fold === "fold 1");
    const [before, after] = [test(set.rows), test(scaleTemperature(set).set.rows)];
    const labels = before.map(({ label }) => label);
    const probabilities = (rows: typeof set.rows) => rows.map(({ probability }) => probability);
    ok(logLoss(labels, probabilities(after)) < logLoss(labels, probabilities(before)));
    equal(areaUnderCurve(probabilities(after), labels), areaUnderCurve(probabilities(before), labels));
    deepEqual(
      after.map(({ probability }) => probability >= 0.5),
      before.map(({ probability }) => probability >= 0.5),
    );
  });

  it("looks at no tested image", () => {
    const set = examplePredictions();
    const rows = set.rows.map((row) => (row.part === "test" ? { ...row, logit: 3, probability: 0.9 } : row));
    deepEqual(scaleTemperature({ ...set, rows }).temperatures, scaleTemperature(set).temperatures);
  });

  it("computes a missing logit from its probability, where that can be", () => {
    const set = examplePredictions();
    const without = { ...set, rows: set.rows.map((row) => ({ ...row, logit: null })) };
    const [a, b] = [scaleTemperature(set).temperatures[0]!, scaleTemperature(without).temperatures[0]!];
    ok(Math.abs(a.temperature - b.temperature) < 1e-9);
    const certain = set.rows.map((row, index) => (index === 0 ? { ...row, logit: null, probability: 1 } : row));
    throws(() => scaleTemperature({ ...set, rows: certain }), /has the probability 1 and no logit/);
  });

  it("refuses a fold without validation predictions", () => {
    throws(
      () => scaleTemperature(examplePredictions({ validation: false })),
      /fold 1, seed 1: a temperature is to be fitted/,
    );
  });
});
