import { deepEqual, ok } from "node:assert/strict";

import { comparisonFigures } from "../../lib/study/comparison-figures";
import { evaluateStudy } from "../../lib/study/report/evaluated";
import { readMaterial } from "../../lib/study/report/material";
import { reportParts } from "../../lib/study/report/parts";
import { filledStudy } from "./helpers";

describe("comparisonFigures(compared, without)", () => {
  const made = filledStudy();

  it("draws every figure of a comparison under its name, with a section of the report and a caption", () => {
    const material = readMaterial(made.study);
    const { models, family } = evaluateStudy(made.study, material, 100);
    const figures = comparisonFigures({ models, family, rows: material.comparison.value!.rows });
    deepEqual(
      figures.map(({ name }) => name),
      [
        ...["differences-accuracy", "differences-area", "roc", "precision-recall", "calibration", "spread"],
        ...["decision-curve", "confusion", "cost", "cost-multiply-adds"],
      ],
    );
    for (const { name, section, caption, figure } of figures)
      ok(reportParts.includes(section) && caption !== "" && figure.layout.title !== undefined, name);
    deepEqual(figures.find(({ name }) => name === "confusion")!.section, "errors");
  });

  it("leaves out what is not wanted, and what there is nothing to draw of", () => {
    const { models } = evaluateStudy(made.study, readMaterial(made.study), 100);
    const names = (without: string[]) =>
      comparisonFigures({ models, family: null, rows: [] }, without).map(({ name }) => name);
    deepEqual(names(["roc", "spread", "precision-recall", "decision-curve"]), ["calibration", "confusion"]);
    deepEqual(comparisonFigures({ models: [], family: null, rows: null }), []);
  });
});
