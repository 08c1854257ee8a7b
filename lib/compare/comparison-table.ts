import * as v from "valibot";

import type { TableCell } from "../display/table";
import { nullable, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { correctedP, describeSeeds, formatProbability, significance, type FamilyComparison } from "./compare-all";
import type { ComparisonRow } from "./comparison-rows";
import { formatDifference, formatValue } from "./format-difference";

const tableOptions = v.strictObject({
  /**
   * The tests between the models: they mark which cannot be told from the best, and add the difference to the reference.
   * Default: null, neither.
   */
  family: v.optional(nullable(passed<FamilyComparison>("the tests between the models")), null),
});

/** What the table of comparison shows. @interface */
export type ComparisonTableOptions = v.InferInput<typeof tableOptions>;

/** Marks of the best and of those that cannot be told from it; also in black and white, and in a terminal. */
const marks = { best: "★", near: "≈" } as const;

/**
 * Makes the table of all models, to be shown by `showTable`, with {@link describeMarks} as its caption.
 *
 * @returns One row a model: accuracy and area as "0.912 [0.871, 0.945]", followed by ★ at the best and ≈ where the tests of
 *   the family cannot tell from it; without a family ★ alone is there, by the values. Null where something does not apply.
 */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  options: ComparisonTableOptions = {},
): Record<string, TableCell>[] {
  const { family } = checkOptions("comparisonTable", tableOptions, options);
  const accuracyMark = markerOf(rows, "accuracy", family);
  const areaMark = markerOf(rows, "areaUnderCurve", family);
  const together = rows.some(({ networks }) => networks !== undefined);
  const noted = rows.some(({ note }) => note !== undefined);
  const tuned = rows.some(({ recipes }) => recipes !== undefined);
  return rows.map((row) => ({
    model: row.model,
    kind: row.kind,
    input: row.input,
    accuracy: formatValue(row.accuracy, row.accuracyLow, row.accuracyHigh) + accuracyMark(row),
    AUC: formatValue(row.areaUnderCurve, row.areaLow, row.areaHigh) + areaMark(row),
    ...(family === null ? {} : differencesOf(row, family)),
    "balanced accuracy": formatValue(row.balancedAccuracy),
    sensitivity: formatValue(row.sensitivity),
    specificity: formatValue(row.specificity),
    F1: formatValue(row.f1),
    parameters: row.parameters,
    "multiply-adds": row.multiplyAdds,
    "ms an image": row.latencyMs,
    "training, s": roundedOf(row.trainSeconds ?? undefined),
    ...(together ? { networks: row.networks ?? null } : {}),
    ...(noted ? { note: row.note ?? null } : {}),
    ...(tuned
      ? { recipes: row.recipes ?? null, "tuning, s": roundedOf(row.tuneSeconds), recipe: row.recipe ?? null }
      : {}),
  }));
}

/**
 * Explains what stands in the table of comparison.
 *
 * @param family The tests between the models; null where there are none.
 * @returns Sentences for the caption: how many images, which intervals, tests and corrections, and what the marks mean.
 */
export function describeMarks(family: FamilyComparison | null): string {
  const best = `${marks.best} best`;
  if (family === null) return `${best} by value; no test has been made.`;
  const [first] = family.members;
  const { cases, malignant, patients, unit, thresholdRule, accuracy, overPatients } = first!.comparison;
  const tests =
    overPatients === undefined ? "p by McNemar (accuracy) and DeLong (AUC)" : "AUC: within folds; p over patients";
  return [
    `${cases} ${unit}, ${malignant} malignant, of ${patients} patients; threshold: ${thresholdRule}.`,
    `Δ: minus ${family.reference}, with intervals by ${accuracy.difference.replicates} bootstrap replicates over patients; ${tests}, corrected by Holm over ${family.family.length} ${family.family.length === 1 ? "model" : "models"}.`,
    ...[describeSeeds(family)].filter((said) => said !== "").map((said) => `${capital(said)}.`),
    ...[overPatients?.areaUnderCurve.leavesOut ?? ""].filter((said) => said !== ""),
    `${best}; ${marks.near} not told from the best at p < ${significance}, corrected by Holm over all others.`,
  ].join(" ");
}

const roundedOf = (seconds: number | undefined) => (seconds === undefined ? null : Math.round(seconds));

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function markerOf(
  rows: readonly ComparisonRow[],
  measure: "accuracy" | "areaUnderCurve",
  family: FamilyComparison | null,
): (row: ComparisonRow) => string {
  if (family !== null) {
    const { best, notDistinguishable } = family.best[measure];
    return ({ model }) =>
      model === best ? ` ${marks.best}` : notDistinguishable.includes(model) ? ` ${marks.near}` : "";
  }
  const greatest = Math.max(...rows.map((row) => row[measure] ?? -Infinity));
  return (row) => (row[measure] === greatest ? ` ${marks.best}` : "");
}

function differencesOf({ model }: ComparisonRow, family: FamilyComparison): Record<string, TableCell> {
  if (model === family.reference) return { "Δ accuracy": "reference", "Δ AUC": "reference" };
  const member = family.members.find((one) => one.model === model);
  if (member === undefined) return { "Δ accuracy": "not compared", "Δ AUC": "not compared" };
  const cell = (measure: "accuracy" | "areaUnderCurve") => {
    const p = correctedP(member, measure);
    return `${formatDifference(member.comparison[measure].difference)}, ${p === undefined ? "not in the family" : `p ${formatProbability(p)}`}`;
  };
  return {
    "Δ accuracy": cell("accuracy"),
    "Δ AUC": cell("areaUnderCurve"),
  };
}
