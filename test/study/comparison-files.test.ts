import { deepEqual, equal, throws } from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ComparisonRow } from "../../lib/compare/comparison-rows";
import { makeFigure } from "../../lib/display/figure";
import { keepComparison, readComparisonFiles, type StudyComparison } from "../../lib/study/comparison-files";
import { temporaryFolder } from "../helpers/temporary";

const row: ComparisonRow = {
  ...{ model: "ENAS", kind: "found", input: "32x32x1", parameters: 1000, multiplyAdds: 2000, accuracy: 0.9 },
  ...{ accuracyLow: 0.8, accuracyHigh: 0.95, balancedAccuracy: 0.9, sensitivity: 0.9, specificity: 0.9, f1: 0.9 },
  ...{ areaUnderCurve: 0.95, areaLow: 0.9, areaHigh: 0.99, latencyMs: 2.5, trainSeconds: 10 },
};

const comparison: StudyComparison = {
  rows: [row],
  family: null,
  claims: [{ point: "is simpler", verdict: "holds", because: "It is." }],
  figures: { roc: makeFigure([{ type: "scatter", name: "ENAS", x: [0, 1], y: [0, 0.5] }], { title: { text: "ROC" } }) },
  tables: { spread: [{ measure: "accuracy, pooled", value: 0.5, none: null }] },
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

  it("write the numbers of a figure beside it, one row a point", () => {
    keepComparison(study, comparison);
    equal(readFileSync(study.path("figures", "roc.csv"), "utf8"), "trace,x,y\nENAS,0,0\nENAS,1,0.5\n");
  });

  it("have nothing where nothing was kept", () => {
    equal(readComparisonFiles(study), null);
  });

  it("refuse names that would lead elsewhere, before anything is written", () => {
    for (const name of ["../roc", "ROC", ""]) {
      throws(() => {
        keepComparison(study, { ...comparison, figures: { [name]: comparison.figures.roc! } });
      }, /expected lower-case letters/);
    }
    deepEqual(readdirSync(folder.path), []);
  });

  it("name a file that is damaged", () => {
    for (const [name, text] of [
      ["claims.json", '{"claims":[{"point":"x","verdict":"maybe","because":"y"}]}'],
      ["family.json", '{"reference":1}'],
      ["figures/roc.json", '{"data":{}}'],
      ["figures/roc.json", "{"],
    ] as const) {
      keepComparison(study, comparison);
      writeFileSync(study.path(...name.split("/")), text);
      throws(() => readComparisonFiles(study), new RegExp(`${name.split("/").at(-1)!} is damaged.*07_compare`));
    }
  });
});
