import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";

import { makeFigure } from "../../../lib/display/figure";
import type { StudyFigure } from "../../../lib/study/report/parts";
import { describeComparison } from "../../../lib/study/report/comparison-section";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { withKept } from "../../../lib/study/report/kept-blocks";
import { readMaterial, type StudyMaterial } from "../../../lib/study/report/material";
import { filledStudy, tableNamed, textsOf } from "../helpers";

describe("describeComparison(study, material, evaluation)", () => {
  const made = filledStudy();

  it("shows all models with intervals, tests and costs, and the figures", () => {
    const material = readMaterial(made.study);
    const section = describeComparison(made.study, material, evaluateStudy(made.study, material, 100));
    const { rows, note } = tableNamed(section, "All models");
    deepEqual(
      rows.map(({ model }) => model),
      ["ENAS", "random 1", "plain CNN", "CNN3"],
    );
    match(String(rows[0]!.accuracy), /^0\.\d{3} \[0\.\d{3}, \d\.\d{3}\]/);
    match(note!, /corrected by Holm over 3 models/);
    equal(tableNamed(section, "Costs").rows[0]!.parameters, 9000);
    equal(tableNamed(section, "Tests against ENAS").rows.length, 3);
    for (const title of ["ROC", "Calibration", "Folds and seeds", "Difference in accuracy", "Accuracy against"])
      match(textsOf(section), new RegExp(`^figure: ${title}`, "m"));
  });

  it("puts every column of the table of models into exactly one of its three tables", () => {
    const material = readMaterial(made.study);
    const section = describeComparison(made.study, material, evaluateStudy(made.study, material, 100));
    const columns = ["All models", "Decisions", "Costs"].flatMap((name) =>
      Object.keys(tableNamed(section, name).rows[0]!).filter((column) => column !== "model" && column !== "kind"),
    );
    equal(new Set(columns).size, columns.length);
    for (const column of ["AUC", "Δ AUC", "F1", "ms an image", "multiply-adds"]) ok(columns.includes(column), column);
  });

  it("does not draw again what was kept under the same name, whatever its title", () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(made.study, material, 100);
    const figure = makeFigure([], { title: { text: "Of my own" } });
    const roc: StudyFigure = { name: "roc", section: "comparison", caption: "Mine.", figure };
    const kept = { ...material.comparison.value!, figures: [roc] };
    const section = describeComparison(
      made.study,
      { ...material, comparison: { missing: null, value: kept } },
      evaluation,
    );
    doesNotMatch(textsOf(section), /^figure: ROC/m);
    match(textsOf(section), /^figure: Calibration/m);
    match(textsOf(withKept([section], kept)[0]!), /^figure: Of my own\. Mine\. Numbers: figures\/roc\.json\.$/m);
  });

  it("shows measures from the predictions where nothing was compared yet", () => {
    const material: StudyMaterial = {
      ...readMaterial(made.study),
      comparison: { value: null, missing: "Run 07_compare." },
    };
    const section = describeComparison(made.study, material, evaluateStudy(made.study, material, 100));
    match(textsOf(section), /^missing: Run 07_compare\.$/m);
    equal(tableNamed(section, "Networks on the test images").rows.length, 4);
    match(tableNamed(section, "Tests against ENAS").note!, /Computed for this report/);
  });
});
