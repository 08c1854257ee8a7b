import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ComparisonRow } from "../../lib/compare/comparison-rows";
import { makeFigure } from "../../lib/display/figure";
import { hashPredictions } from "../../lib/evaluate/hash-predictions";
import type { PredictionSet } from "../../lib/evaluate/predictions";
import { keepComparison, readComparisonFiles, type GivenComparison } from "../../lib/study/comparison-files";
import { temporaryFolder } from "../helpers/temporary";

const row: ComparisonRow = {
  ...{ model: "ENAS", kind: "found", input: "32x32x1", parameters: 1000, multiplyAdds: 2000, accuracy: 0.9 },
  ...{ accuracyLow: 0.8, accuracyHigh: 0.95, balancedAccuracy: 0.9, sensitivity: 0.9, specificity: 0.9, f1: 0.9 },
  ...{ areaUnderCurve: 0.95, areaLow: 0.9, areaHigh: 0.99, latencyMs: 2.5, trainSeconds: 10 },
};

const predictions: PredictionSet = {
  model: "ENAS",
  rows: [{ id: "a", patient: null, label: 1, probability: 0.25, logit: null, fold: "fold 1", seed: 1, part: "test" }],
};

const comparison: GivenComparison = {
  rows: [row],
  family: null,
  claims: [{ point: "is simpler", verdict: "holds", because: "It is." }],
  models: [{ predictions }],
  figures: [
    {
      ...{ name: "roc", section: "comparison", caption: "Curves." },
      figure: makeFigure([{ type: "scatter", name: "ENAS", x: [0, 1], y: [0, 0.5] }], { title: { text: "ROC" } }),
    },
  ],
  tables: [
    {
      ...{ name: "spread", section: "errors", caption: "Folds." },
      rows: [{ measure: "accuracy, pooled", value: 0.5, none: null }],
    },
  ],
};

describe("keepComparison and readComparisonFiles", () => {
  const folder = temporaryFolder();
  const study = { path: (...parts: string[]) => join(folder.path, ...parts) };

  it("give back what was kept", () => {
    keepComparison(study, comparison);
    const read = readComparisonFiles(study)!;
    deepEqual(read.rows, comparison.rows);
    deepEqual(read.claims, comparison.claims);
    deepEqual(read.tables, comparison.tables);
    deepEqual(read.figures, JSON.parse(JSON.stringify(comparison.figures)));
    equal(read.family, null);
  });

  it("say from which predictions it was computed, and nothing where versions before 0.2 kept it", () => {
    keepComparison(study, comparison);
    deepEqual(readComparisonFiles(study)!.computedFrom, { ENAS: hashPredictions(predictions) });
    writeFileSync(study.path("claims.json"), JSON.stringify({ claims: comparison.claims }));
    equal(readComparisonFiles(study)!.computedFrom, null);
  });

  it("have nothing where nothing was kept", () => {
    equal(readComparisonFiles(study), null);
  });

  it("name a file that is damaged", () => {
    for (const [name, text] of [
      ["claims.json", '{"claims":[{"point":"x","verdict":"maybe","because":"y"}]}'],
      ["family.json", '{"reference":1}'],
      ["claims.json", '{"claims":[],"computedFrom":1}'],
      ["figures/roc.json", '{"data":{}}'],
      ["tables/contents.json", "[1]"],
      ["figures/roc.json", "{"],
    ] as const) {
      keepComparison(study, comparison);
      writeFileSync(study.path(...name.split("/")), text);
      throws(() => readComparisonFiles(study), new RegExp(`${name.split("/").at(-1)!} is damaged.*07_compare`));
    }
  });
});
