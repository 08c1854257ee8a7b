import { familyTable } from "../../compare/compare-all";
import type { ComparisonRow } from "../../compare/comparison-rows";
import { comparisonTable, describeMarks } from "../../compare/comparison-table";
import { drawCostPlane } from "../../compare/figures/draw-cost-plane";
import { drawDifferences } from "../../compare/figures/draw-differences";
import type { TableCell } from "../../display/table";
import { evaluationTable } from "../../evaluate/evaluation-table";
import { drawCalibration } from "../../evaluate/figures/draw-calibration";
import { drawRoc } from "../../evaluate/figures/draw-roc";
import { drawSpread } from "../../evaluate/figures/draw-spread";
import { titleOfFigure } from "../../report/figure-data";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { figureOf, nameToTitle, paragraph, tableOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import { attempt, type StudyMaterial } from "./material";

/** Names of figures and tables that other sections show. */
const elsewhere = /^(subgroup|error|confusion)/;

/** Columns of the table of all models that stand in a table of their own, so that none is wider than a page. */
const costColumns = ["input", "parameters", "multiply-adds", "ms an image", "training, s"];
const decisionColumns = ["balanced accuracy", "sensitivity", "specificity", "F1"];

/**
 * Writes the models side by side: measures with intervals, tests, costs, and their figures. What `07_compare` kept is shown as it
 * is; figures that it has not kept are drawn from the predictions.
 *
 * @param material What the study's folder holds.
 * @param evaluation The networks on the test images.
 * @returns The section.
 */
export function describeComparison(material: StudyMaterial, evaluation: StudyEvaluation): ReportSection {
  const { value: kept, missing } = material.comparison;
  const { models, family, notices } = evaluation;
  const evaluations = models.map((one) => one.evaluation);
  const own: ReportBlock[] = [];
  const draw = (make: () => Parameters<typeof figureOf>[0], caption: string) => {
    const { value } = attempt(make);
    if (value !== null) own.push(figureOf(value, caption));
  };
  if (evaluations.length > 0) {
    draw(
      () => drawRoc(evaluations),
      "Receiver operating characteristic of the test images with pointwise 95 % confidence bands; markers are the operating points.",
    );
    draw(
      () => drawCalibration(evaluations),
      "How often images with a probability are malignant, with Wilson's intervals, and how many images have it.",
    );
    draw(() => drawSpread(evaluations), "How far folds and seeds differ: a point for each.");
  }
  if (family !== null) {
    draw(
      () => drawDifferences(family),
      `Each model minus ${family.reference}, with its interval and corrected p-value.`,
    );
  }
  if (kept !== null) {
    draw(() => drawCostPlane(kept.rows), "Up and to the left is better: more accurate with fewer parameters.");
    draw(() => drawCostPlane(kept.rows, { cost: "multiplyAdds" }), "The same against the multiply-adds of one image.");
  }
  const stored = Object.entries(kept?.figures ?? {}).filter(([name]) => !elsewhere.test(name));
  const titles = stored.map(([, figure]) => titleOfFigure(figure));
  return {
    anchor: "comparison",
    title: "Comparison",
    blocks: [
      ...(missing === null ? [] : [paragraph(missing, "missing")]),
      ...(kept === null ? [] : tablesOf(kept.rows, family)),
      ...(kept === null && evaluations.length > 0
        ? [
            tableOf(
              "Networks on the test images",
              evaluationTable(evaluations, {
                measures: [
                  "accuracy",
                  "areaUnderCurve",
                  "balancedAccuracy",
                  "sensitivity",
                  "specificity",
                  "brierScore",
                ],
              }),
              `Threshold: ${evaluations[0]!.thresholdRule}; intervals by bootstrap over patients.`,
            ),
          ]
        : []),
      ...(family === null
        ? []
        : [
            tableOf(
              `Tests against ${family.reference}`,
              familyTable(family),
              material.comparison.value?.family === family
                ? `Corrected by Holm over ${family.family.length} models, test by test.`
                : `Computed for this report, of the cross-validated networks alone; corrected by Holm over ${family.family.length} models, test by test.`,
            ),
          ]),
      ...[...new Set(notices)].map((notice) => paragraph(notice, "caution")),
      ...Object.entries(kept?.tables ?? {})
        // The tests are the family's, which stands above.
        .filter(([name]) => !elsewhere.test(name) && name !== "tests")
        .map(([name, rows]) => tableOf(nameToTitle(name), rows, `From tables/${name}.csv.`)),
      ...stored.map(([name, figure]) => figureOf(figure, `Numbers: figures/${name}.csv.`)),
      ...own.filter((block) => block.kind !== "figure" || !titles.includes(titleOfFigure(block.figure))),
    ],
  };
}

function tablesOf(rows: readonly ComparisonRow[], family: StudyEvaluation["family"]): ReportBlock[] {
  const tested = family !== null && rows.some(({ model }) => model === family.reference) ? family : null;
  const all = comparisonTable(rows, { family: tested });
  const pick = (row: Record<string, TableCell>, columns: readonly string[]) =>
    Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column)));
  const names = ["model", "kind"];
  const measured = Object.keys(all[0] ?? {}).filter((name) => ![...costColumns, ...decisionColumns].includes(name));
  return [
    tableOf(
      "All models on the same test images",
      all.map((row) => pick(row, measured)),
      describeMarks(tested),
    ),
    tableOf(
      "Decisions",
      all.map((row) => pick(row, [...names, ...decisionColumns])),
    ),
    tableOf(
      "Costs",
      all.map((row) => pick(row, [...names, ...costColumns])),
      "Time of one image: median on this study's machine. Training: all folds and seeds together. A dash: does not apply, or was not measured.",
    ),
  ];
}
