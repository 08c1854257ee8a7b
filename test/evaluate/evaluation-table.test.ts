import { deepEqual, equal, match } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import {
  evaluationTable,
  foldTable,
  formatEstimate,
  operatingPointTable,
  spreadTable,
  writeEvaluations,
} from "../../lib/evaluate/evaluation-table";
import { measureNames } from "../../lib/evaluate/measures";
import { readTable } from "../../lib/files/table";
import { examplePredictions } from "./example";

const evaluation = evaluatePredictions(examplePredictions(), { replicates: 200 });
const bare = { low: null, high: null, method: null, reason: null, beside: null };

describe("formatEstimate(estimate)", () => {
  it("writes a value with its interval, alone, or that there is none", () => {
    equal(formatEstimate({ ...bare, value: 0.9123, low: 0.871, high: 0.9449 }), "0.912 [0.871, 0.945]");
    equal(formatEstimate({ ...bare, value: 0.5 }), "0.500");
    equal(formatEstimate({ ...bare, value: null }), "not defined");
    equal(formatEstimate({ ...bare, value: 0 }), "0.000");
    equal(formatEstimate({ ...bare, value: 0.00002 }), "0.00002");
  });
});

describe("foldTable(evaluations)", () => {
  it("has one row a fold and seed, with what was counted in it", () => {
    const rows = foldTable([evaluation]);
    equal(rows.length, evaluation.folds.length);
    const images = rows.map((row) => Number(row.images));
    equal(
      images.reduce((sum, one) => sum + one, 0),
      60,
    );
    const [first] = evaluation.folds;
    deepEqual(rows[0], {
      ...{ model: "example", fold: first!.fold, seed: 1, images: first!.cases, malignant: first!.malignant },
      AUC: first!.measures.areaUnderCurve.value!.toFixed(3),
      accuracy: first!.measures.accuracy.value!.toFixed(3),
      sensitivity: first!.measures.sensitivity.value!.toFixed(3),
      specificity: first!.measures.specificity.value!.toFixed(3),
    });
  });
});

describe("evaluationTable(evaluations, options)", () => {
  it("has one row a model, with the cases counted and the measures asked for", () => {
    const [row] = evaluationTable([evaluation], { measures: ["areaUnderCurve", "accuracy"] });
    deepEqual(Object.keys(row!), ["model", "images", "malignant", "seeds", "AUC", "accuracy"]);
    deepEqual([row!.model, row!.images, row!.malignant, row!.seeds], ["example", 60, 20, 1]);
    match(String(row!.AUC), /^0\.\d{3} \[0\.\d{3}, 0\.\d{3}\]$/);
    equal(Object.keys(evaluationTable([evaluation], { scope: "patients" })[0]!)[1], "patients");
  });
});

describe("spreadTable(evaluation)", () => {
  it("has one row a measure, and a dash where there is one seed", () => {
    const rows = spreadTable(evaluation);
    equal(rows.length, measureNames.length);
    match(String(rows[0]!["over folds"]), /^0\.\d{3} ± 0\.\d{3}$/);
    equal(rows[0]!["over seeds"], null);
  });
});

describe("operatingPointTable(evaluations)", () => {
  it("marks thresholds read off the test curve", () => {
    deepEqual(
      operatingPointTable([evaluation]).map((row) => row["threshold from"]),
      // Of 90, 95 and 98 %, each held as a specificity and as a sensitivity.
      Array.from({ length: 6 }, () => ["validation", "test curve (flatters)"]).flat(),
    );
  });
});

describe("writeEvaluations(path, evaluations)", () => {
  it("writes every measure of every scope, to the last digit", () => {
    const folder = mkdtempSync(join(tmpdir(), "evaluations-"));
    try {
      const path = join(folder, "evaluations.csv");
      writeEvaluations(path, [evaluation]);
      const columns = [
        "model",
        "scope",
        "fold",
        "seed",
        "cases",
        "measure",
        "value",
        "low",
        "high",
        "method",
        "reason",
      ];
      const rows = readTable(path, { columns });
      // Two folds, one seed, all images, all patients.
      equal(rows.length, 5 * measureNames.length);
      const pooled = rows.find(({ scope, measure }) => scope === "pooled" && measure === "areaUnderCurve")!;
      equal(Number(pooled.value), evaluation.pooled.measures.areaUnderCurve.value);
      deepEqual([pooled.fold, pooled.seed, pooled.method], ["", "", "DeLong, within 2 folds"]);
      deepEqual([rows[0]!.fold, rows[0]!.seed, rows[0]!.cases], ["fold 1", "1", "30"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
