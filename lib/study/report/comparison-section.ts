import { familyTable } from "../../compare/compare-all";
import type { ComparisonRow } from "../../compare/comparison-rows";
import { comparisonTable, describeMarks } from "../../compare/comparison-table";
import { readerRows } from "../../compare/reader-row";
import { areaVariance, varianceTable } from "../../compare/variance-table";
import type { TableCell } from "../../display/table";
import { compareNetBenefit, netBenefitTable } from "../../compare/net-benefit-differences";
import { measureUse, useTable } from "../../evaluate/clinical-use";
import { evaluationTable } from "../../evaluate/evaluation-table";
import type { ReportBlock, ReportSection } from "../../report/report-contents";
import { attempt } from "../attempt";
import type { Study } from "../open-study";
import { comparisonFigures } from "../comparison-figures";
import { figureOf, paragraph, sectionOf, tableOf } from "./blocks";
import type { StudyEvaluation } from "./evaluated";
import type { StudyMaterial } from "./material";

/** Columns of the table of all models that stand in a table of their own, so that none is wider than a page. */
const costColumns = [
  ...["input", "networks", "note", "parameters", "multiply-adds", "ms an image", "training, s"],
  ...["recipes", "tuning, s", "recipe"],
];
const decisionColumns = ["balanced accuracy", "sensitivity", "specificity", "F1"];

/**
 * Writes the models side by side: measures with intervals, tests, costs. Figures that `07_compare` has not kept are drawn from the
 * predictions.
 */
export function describeComparison(
  study: Pick<Study, "records">,
  material: StudyMaterial,
  evaluation: StudyEvaluation,
): ReportSection {
  const { value: kept, missing } = material.comparison;
  const { models, family, notices } = evaluation;
  const evaluations = models.map((one) => one.evaluation);
  const drawn = comparisonFigures(
    { models, family, rows: kept?.rows ?? null },
    (kept?.figures ?? []).map(({ name }) => name),
  );
  return sectionOf("comparison", "Comparison", [
    missing !== null && paragraph(missing, "missing"),
    kept !== null && tablesOf(withReader(kept.rows, study, evaluation), family),
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
    ...useOf(evaluation),
    [...new Set(notices)].map((notice) => paragraph(notice, "caution")),
    drawn.filter(({ section }) => section === "comparison").map(({ figure, caption }) => figureOf(figure, caption)),
  ]);
}

// Earlier versions kept no row of the reader.
function withReader(
  rows: readonly ComparisonRow[],
  { records }: Pick<Study, "records">,
  { models }: StudyEvaluation,
): readonly ComparisonRow[] {
  if (rows.some(({ kind }) => kind === "reader")) return rows;
  const { value } = attempt(() =>
    readerRows(
      models.map(({ predictions }) => predictions),
      records,
    ),
  );
  return [...rows, ...(value ?? [])];
}

// What probabilities and calls are worth, per patient; computed for this report of the networks alone.
function useOf({ models, primary }: StudyEvaluation): ReportBlock[] {
  const { value: uses } = attempt(() => models.map(({ evaluation }) => measureUse(evaluation)));
  if (uses === null || models.length === 0) return [];
  const reference = primary.value?.found.model ?? models[0]!.predictions.model;
  const { value: sources } = attempt(() => areaVariance(models.map(({ evaluation }) => evaluation)));
  const { value: benefits } = attempt(() =>
    compareNetBenefit(
      models.map(({ predictions }) => predictions),
      { reference, replicates: models[0]!.evaluation.replicates },
    ),
  );
  return [
    tableOf(
      "Calibration and predictive values per patient (secondary)",
      useTable(uses),
      "Slope 1 and intercept 0 are right. Predictive values are those that the decisions would have where malignant lesions are as frequent as stated.",
    ),
    ...(sources === null
      ? []
      : [
          tableOf(
            "Where the variance of a fold's area comes from",
            varianceTable(sources),
            [
              "Crossed random factors, by analysis of variance; patients, who lie within folds, by how areas vary together over them (Obuchowski and Rockette), taken off what held them.",
              ...sources.notes,
            ].join(" "),
          ),
        ]),
    ...(benefits === null || benefits.length === 0
      ? []
      : [
          tableOf(
            `Net benefit per patient, minus ${reference} (secondary)`,
            netBenefitTable(benefits),
            "In malignant patients found per patient, less mistakes at the odds of the probability from which a reader acts, at the frequency of this set; intervals by bootstrap over patients within folds.",
          ),
        ]),
    ...uses.flatMap(({ notes }) => notes.map((note) => paragraph(note, "small"))),
  ];
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
    ...rows
      .filter(({ kind }) => kind === "reader")
      .map(({ model, note }) =>
        paragraph(
          `${model}: ${note ?? "as the set records it"}. No network, and in none of the tests of this table.`,
          "small",
        ),
      ),
    tableOf("Decisions", pick([...names, ...decisionColumns])),
    tableOf(
      "Costs",
      pick([...names, ...costColumns]),
      "Time of one image: median on this study's machine. Training: all folds and seeds together. A dash: does not apply, or was not measured.",
    ),
  ];
}
