import { deepEqual, equal, match } from "node:assert/strict";

import { compareAll } from "../../lib/compare/compare-all";
import { comparisonTable, describeMarks } from "../../lib/compare/comparison-table";
import { examplePredictions } from "./example";
import { rowOf, trivialRow } from "./rows";

describe("comparisonTable(rows, options)", () => {
  it("writes intervals in the cell, and marks the best value", () => {
    const [first, second] = comparisonTable([rowOf("a", { accuracy: 0.85 }), trivialRow("b")]);
    equal(first!.accuracy, "0.850 [0.700, 0.900] ★");
    equal(second!.accuracy, "0.720 [0.700, 0.900]");
    equal(second!.AUC, "0.880 [0.840, 0.910] ★");
    equal(second!.parameters, null);
    equal("Δ accuracy" in first!, false);
  });

  it("marks what cannot be told from the best, and adds differences with corrected p-values", () => {
    const sets = [
      examplePredictions("found", { skill: 3 }),
      examplePredictions("far", { skill: 0, draw: 3 }),
      { ...examplePredictions("found", { skill: 3 }), model: "copy" },
    ];
    const family = compareAll(sets, { reference: "found", replicates: 100, family: ["far"] });
    const rows = comparisonTable(
      ["found", "far", "copy", "later"].map((name) => rowOf(name)),
      { family },
    );
    deepEqual(
      rows.map(({ accuracy }) => String(accuracy).slice(21)),
      ["★", "", "≈", ""],
    );
    equal(rows[0]!["Δ accuracy"], "reference");
    match(String(rows[1]!["Δ accuracy"]), /^−0\.\d{3} \[−0\.\d{3}, −0\.\d{3}\], p < 0\.001$/);
    equal(rows[2]!["Δ AUC"], "0.000 [0.000, 0.000], not in the family");
    equal(rows[3]!["Δ AUC"], "not compared");
  });
});

describe("describeMarks(family)", () => {
  it("says cases, intervals, tests and marks", () => {
    const sets = [examplePredictions("a"), examplePredictions("b", { seeds: [1, 2], draw: 2 })];
    const said = describeMarks(compareAll(sets, { reference: "a", replicates: 100 }));
    match(said, /^120 images, 40 malignant, of 60 patients; threshold: 0.5, fixed beforehand\./);
    match(said, /100 bootstrap replicates over patients.*Holm over 1 model\./);
    match(
      said,
      /AUC: within folds; p over patients.*Differences and their p over patients are of means.*One seed of a:/,
    );
    match(describeMarks(null), /no test/);
  });
});
