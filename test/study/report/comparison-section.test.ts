import { deepEqual, doesNotMatch, equal, match, ok } from "node:assert/strict";

import { makeFigure } from "../../../lib/display/figure";
import { describeComparison } from "../../../lib/study/report/comparison-section";
import { evaluateStudy } from "../../../lib/study/report/evaluated";
import { readMaterial, type StudyMaterial } from "../../../lib/study/report/material";
import { filledStudy, tableNamed, textsOf } from "../helpers";

describe("describeComparison(material, evaluation)", () => {
  const made = filledStudy();

  /** The material with figures and tables as 07_compare may have kept them. */
  function withKept(names: readonly string[]): StudyMaterial {
    const material = readMaterial(made.study);
    const figures = Object.fromEntries(
      names.map((name) => [name, makeFigure([], { title: { text: `Kept ${name}` } })]),
    );
    const tables = Object.fromEntries(names.map((name) => [name, [{ value: 1 }]]));
    return { ...material, comparison: { missing: null, value: { ...material.comparison.value!, figures, tables } } };
  }

  it("shows all models with intervals, tests and costs, and the figures", () => {
    const material = readMaterial(made.study);
    const section = describeComparison(material, evaluateStudy(material, 100));
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
    const section = describeComparison(material, evaluateStudy(material, 100));
    const columns = ["All models", "Decisions", "Costs"].flatMap((name) =>
      Object.keys(tableNamed(section, name).rows[0]!).filter((column) => column !== "model" && column !== "kind"),
    );
    equal(new Set(columns).size, columns.length);
    for (const column of ["AUC", "Δ AUC", "F1", "ms an image", "multiply-adds"]) ok(columns.includes(column), column);
  });

  it("shows what was kept, but for what other sections show", () => {
    const material = withKept(["decision-curve", "subgroup-device", "confusion", "tests"]);
    const said = textsOf(describeComparison(material, evaluateStudy(material, 100)));
    match(said, /^figure: Kept decision-curve/m);
    match(said, /^Decision curve \[/m);
    doesNotMatch(said, /subgroup-device|Kept confusion|^Tests \[/m);
  });

  it("does not draw again what was kept under the same title", () => {
    const material = readMaterial(made.study);
    const evaluation = evaluateStudy(material, 100);
    const [roc] = describeComparison(material, evaluation).blocks.flatMap((block) =>
      block.kind === "figure" ? [block.figure] : [],
    );
    const kept = { ...material.comparison.value!, figures: { roc: roc! } };
    const again = describeComparison({ ...material, comparison: { missing: null, value: kept } }, evaluation);
    equal(textsOf(again).split("figure: ROC").length - 1, 1);
  });

  it("shows measures from the predictions where nothing was compared yet", () => {
    const material: StudyMaterial = {
      ...readMaterial(made.study),
      comparison: { value: null, missing: "Run 07_compare." },
    };
    const section = describeComparison(material, evaluateStudy(material, 100));
    match(textsOf(section), /^missing: Run 07_compare\.$/m);
    equal(tableNamed(section, "Networks on the test images").rows.length, 4);
    match(tableNamed(section, "Tests against ENAS").note!, /Computed for this report/);
  });
});
