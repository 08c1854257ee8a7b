import { deepEqual, equal, match, ok } from "node:assert/strict";

import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { remediesTable, remedyRows } from "../../lib/remedies/remedies-table";
import { createRandom } from "../../lib/runtime/random";

/** What a network says of 80 patients of two devices; on the second it is as good as on the first only by `remedy`. */
function predictionsOf(remedy: boolean): PredictionSet {
  const random = createRandom(2);
  const rows = Array.from({ length: 80 }, (_, index): Prediction => {
    const label = index % 3 === 0 ? 1 : 0;
    const fold = index % 2 === 0 ? "device A" : "device B";
    const distance = fold === "device A" || remedy ? 3 : 0;
    const logit = random.normal() + distance * (label - 0.5);
    const probability = 1 / (1 + Math.exp(-logit));
    return { id: `i${index}`, patient: `p${index}`, label, logit, probability, fold, seed: 1, part: "test" };
  });
  return { model: "CNN3", kind: "hand-crafted", rows };
}

describe("remedyRows(sets, replicates)", () => {
  const sets = [
    { variant: "plain", predictions: predictionsOf(false) },
    { variant: "matched gray levels", predictions: predictionsOf(true) },
  ];

  it("measure all folds together and each device alone, against the same network without a remedy", () => {
    const rows = remedyRows(sets, 200);
    deepEqual(
      rows.map(({ fold, variant, patients }) => [fold, variant, patients]),
      [
        ["all", "plain", 80],
        ["all", "matched gray levels", 80],
        ["device A", "plain", 40],
        ["device A", "matched gray levels", 40],
        ["device B", "plain", 40],
        ["device B", "matched gray levels", 40],
      ],
    );
    equal(rows[3]!.differences!.areaUnderCurve.estimate, 0);
    ok(rows[5]!.differences!.areaUnderCurve.low! > 0.1);
    ok(rows[1]!.differences!.areaUnderCurve.estimate! > 0.1);
  });

  it("have one fold once", () => {
    const one = sets.map(({ variant, predictions }) => ({
      variant,
      predictions: { ...predictions, rows: predictions.rows.filter(({ fold }) => fold === "device B") },
    }));
    deepEqual(
      remedyRows(one, 50).map(({ fold }) => fold),
      ["all", "all"],
    );
  });

  it("become a table with intervals and signed differences", () => {
    const [plain, matched] = remediesTable(remedyRows(sets, 100));
    match(String(plain!.sensitivity), /^0\.\d+ \[/);
    equal(plain!["specificity minus plain"], null);
    match(String(matched!["area minus plain"]), /^\+0\.\d{3} \[/);
    deepEqual(Object.keys(matched!).slice(0, 4), ["fold", "remedy", "model", "patients"]);
  });
});
