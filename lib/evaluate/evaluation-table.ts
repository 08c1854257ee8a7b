import * as v from "valibot";

import type { TableCell } from "../display/table";
import { tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { listOf, oneOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { Estimate } from "./estimate";
import type { Evaluation, ScopeEvaluation } from "./evaluation";
import { firstMeasures, measureNames, measureTitles } from "./measures";

const tableOptions = v.strictObject({
  /** Whether images or patients are counted; default: "pooled", which is images. */
  scope: v.optional(oneOf(["pooled", "patients"]), "pooled"),
  /** Which measures, in their order; default: all. */
  measures: v.optional(listOf(oneOf(measureNames)), measureNames),
});

/** What a table of evaluations shows. @interface */
export type EvaluationTableOptions = v.InferInput<typeof tableOptions>;

/**
 * Makes a table of several models, to be shown by `showTable`.
 *
 * @returns One row a model: its name, the cases, the malignant ones, the seeds, and each measure as "0.912 [0.871, 0.945]"; a
 *   measure that is not defined is "not defined", and one without an interval stands alone.
 */
export function evaluationTable(
  evaluations: readonly Evaluation[],
  options: EvaluationTableOptions = {},
): Record<string, TableCell>[] {
  const { scope, measures } = checkOptions("evaluationTable", tableOptions, options);
  return evaluations.map((evaluation) => {
    const { cases, malignant, measures: found } = evaluation[scope];
    return {
      model: evaluation.model,
      [scope === "pooled" ? "images" : "patients"]: cases,
      malignant,
      seeds: evaluation.seeds.length,
      ...Object.fromEntries(measures.map((name) => [measureTitles[name], formatEstimate(found[name])])),
    };
  });
}

/**
 * Makes a table of how far folds and seeds differ.
 *
 * @returns One row a measure: mean ± standard deviation (ddof 0) over folds and over seeds; a dash where there is but one.
 */
export function spreadTable(evaluation: Evaluation): Record<string, TableCell>[] {
  return measureNames.map((name) => {
    const { folds, seeds } = evaluation.spread[name];
    const format = (spread: typeof folds) =>
      spread === null
        ? null
        : `${formatThree(spread.mean)} ± ${formatThree(spread.deviation)}${spread.leftOut === 0 ? "" : ` (${spread.leftOut} left out)`}`;
    return { measure: measureTitles[name], "over folds": format(folds), "over seeds": format(seeds) };
  });
}

/**
 * Makes a table of folds, images pooled over seeds being told by {@link evaluationTable}.
 *
 * @returns One row a model, fold and seed, with the measures that one looks at first; a dash for one that is not defined.
 */
export function foldTable(evaluations: readonly Evaluation[]): Record<string, TableCell>[] {
  return evaluations.flatMap(({ model, folds }) =>
    folds.map(({ fold, seed, cases, malignant, measures }) => ({
      ...{ model, fold, seed, images: cases, malignant },
      ...Object.fromEntries(
        firstMeasures.map((name) => [measureTitles[name], measures[name].value?.toFixed(3) ?? null]),
      ),
    })),
  );
}

/**
 * Makes a table of operating points.
 *
 * @returns One row a model and point: where the threshold comes from, and what it gives.
 */
export function operatingPointTable(evaluations: readonly Evaluation[]): Record<string, TableCell>[] {
  return evaluations.flatMap(({ model, operatingPoints }) =>
    operatingPoints.map(({ name, from, sensitivity, specificity }) => ({
      model,
      "operating point": name,
      "threshold from": remarks[from],
      sensitivity: formatEstimate(sensitivity),
      specificity: formatEstimate(specificity),
    })),
  );
}

/** What is to be known of where thresholds come from. */
const remarks = {
  validation: "validation",
  "inner folds": "inner folds",
  "other folds": "other folds (their networks learned from what is tested)",
  "test curve": "test curve (flatters)",
} as const;

/**
 * Writes an estimate as cells show it.
 *
 * @returns "0.912 [0.871, 0.945]", "0.912" without an interval, or "not defined".
 */
export function formatEstimate({ value, low, high }: Estimate): string {
  if (value === null) return "not defined";
  const interval = low === null || high === null ? "" : ` [${formatThree(low)}, ${formatThree(high)}]`;
  return formatThree(value) + interval;
}

/**
 * Writes evaluations in long form: one row a model, scope, fold, seed and measure, with the columns `model, scope, fold, seed,
 * cases, measure, value, low, high, method, reason`. What does not apply is an empty cell.
 *
 * @param path The file; what was there is replaced.
 * @throws {Problem} Where the file cannot be written.
 */
export function writeEvaluations(path: string, evaluations: readonly Evaluation[]): void {
  const fields = ["model", "scope", "fold", "seed", "cases", "measure", "value", "low", "high", "method", "reason"];
  const data = evaluations.flatMap((evaluation) =>
    [...evaluation.folds, ...evaluation.seeds, evaluation.pooled, evaluation.patients].flatMap((scope) =>
      rowsOf(evaluation.model, scope),
    ),
  );
  writeAtomically(path, tableText(fields, data));
}

function rowsOf(model: string, { scope, fold, seed, cases, measures }: ScopeEvaluation): (string | number | null)[][] {
  return measureNames.map((name) => {
    const { value, low, high, method, reason } = measures[name];
    return [model, scope, fold, seed, cases, name, value, low, high, method, reason];
  });
}

// Three decimals: the intervals of such sets are wider than a thousandth. Below that, digits that carry meaning.
function formatThree(value: number): string {
  return value !== 0 && Math.abs(value) < 0.0005 ? value.toPrecision(1) : value.toFixed(3);
}
