import { familyTable } from "../../compare/compare-all";
import type { ComparisonRow } from "../../compare/comparison-rows";
import { comparisonTable, describeMarks } from "../../compare/comparison-table";
import type { TableCell } from "../../display/table";
import { evaluationTable } from "../../evaluate/evaluation-table";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { comparisonFigures } from "../comparison-figures";
import { figureOf, paragraph, sectionOf, tableOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import type { StudyMaterial } from "./material";

/** Columns of the table of all models that stand in a table of their own, so that none is wider than a page. */
const costColumns = ["input", "parameters", "multiply-adds", "ms an image", "training, s"];
const decisionColumns = ["balanced accuracy", "sensitivity", "specificity", "F1"];

/**
 * Writes the models side by side: measures with intervals, tests, costs. Figures that `07_compare` has not kept are drawn from the
 * predictions.
 */
export function describeComparison(material: StudyMaterial, evaluation: StudyEvaluation): ReportSection {
  const { value: kept, missing } = material.comparison;
  const { models, family, notices } = evaluation;
  const evaluations = models.map((one) => one.evaluation);
  const drawn = comparisonFigures(
    { models, family, rows: kept?.rows ?? null },
    (kept?.figures ?? []).map(({ name }) => name),
  );
  return sectionOf("comparison", "Comparison", [
    missing !== null && paragraph(missing, "missing"),
    kept !== null && tablesOf(kept.rows, family),
    kept === null &&
      evaluations.length > 0 &&
      tableOf(
        "Networks on the test images",
        evaluationTable(evaluations, {
          measures: ["accuracy", "areaUnderCurve", "balancedAccuracy", "sensitivity", "specificity", "brierScore"],
        }),
        `Threshold: ${evaluations[0]!.thresholdRule}; intervals by bootstrap over patients.`,
      ),
    family !== null &&
      tableOf(
        `Tests against ${family.reference}`,
        familyTable(family),
        kept?.family === family
          ? `Corrected by Holm over ${family.family.length} models, test by test.`
          : `Computed for this report, of the cross-validated networks alone; corrected by Holm over ${family.family.length} models, test by test.`,
      ),
    [...new Set(notices)].map((notice) => paragraph(notice, "caution")),
    drawn.filter(({ section }) => section === "comparison").map(({ figure, caption }) => figureOf(figure, caption)),
  ]);
}

function tablesOf(rows: readonly ComparisonRow[], family: StudyEvaluation["family"]): ReportBlock[] {
  const tested = family !== null && rows.some(({ model }) => model === family.reference) ? family : null;
  const all = comparisonTable(rows, { family: tested });
  const pick = (columns: readonly string[]): Record<string, TableCell>[] =>
    all.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => columns.includes(column))));
  const names = ["model", "kind"];
  const measured = Object.keys(all[0] ?? {}).filter((name) => ![...costColumns, ...decisionColumns].includes(name));
  return [
    tableOf("All models on the same test images", pick(measured), describeMarks(tested)),
    tableOf("Decisions", pick([...names, ...decisionColumns])),
    tableOf(
      "Costs",
      pick([...names, ...costColumns]),
      "Time of one image: median on this study's machine. Training: all folds and seeds together. A dash: does not apply, or was not measured.",
    ),
  ];
}
