import { formatDifference } from "../compare/format-difference";
import type { TableCell } from "../display/table";
import { formatEstimate } from "../evaluate/evaluation-table";
import { firstMeasures, type FirstMeasure } from "../evaluate/measures";
import { variantRows, type VariantPredictions, type VariantRow } from "../variants/variant-rows";
import { plainVariant } from "./remedies";

/** What a remedy is worth to a network, on all folds or on one. Plain data. */
export interface RemedyRow extends VariantRow {
  /** The fold, by its name: "device Samsung"; "all" of them together. */
  readonly fold: string;
}

const titles: Readonly<Record<FirstMeasure, string>> = {
  areaUnderCurve: "area",
  accuracy: "accuracy",
  sensitivity: "sensitivity",
  specificity: "specificity",
};

/**
 * Measures what remedies are worth on all folds together, and on each alone: where a device is left out at a time, a fold is a device that
 * no network has seen.
 *
 * @param sets The predictions, in the order of the rows.
 * @param replicates How often patients are drawn for the intervals; default: 2000.
 * @throws {Problem} Where a network was tested on other images in one variant than in another.
 */
export function remedyRows(sets: readonly VariantPredictions[], replicates = 2000): RemedyRow[] {
  const folds = [...new Set(sets.flatMap(({ predictions }) => predictions.rows.map(({ fold }) => fold)))].sort();
  const rowsOf = (fold: string, own: readonly VariantPredictions[]) =>
    variantRows(own, { reference: plainVariant, replicates }).map((row) => ({ fold, ...row }));
  const inFold = (fold: string) =>
    sets.map(({ variant, predictions }) => ({
      variant,
      predictions: { ...predictions, rows: predictions.rows.filter((row) => row.fold === fold) },
    }));
  return [...rowsOf("all", sets), ...(folds.length < 2 ? [] : folds.flatMap((fold) => rowsOf(fold, inFold(fold))))];
}

/** Makes a table of what remedies are worth, to be shown by `showTable`. */
export function remediesTable(rows: readonly RemedyRow[]): Record<string, TableCell>[] {
  return rows.map(({ fold, variant, model, patients, measures, differences }) => ({
    ...{ fold, remedy: variant, model, patients },
    ...Object.fromEntries(firstMeasures.map((measure) => [titles[measure], formatEstimate(measures[measure])])),
    ...Object.fromEntries(
      firstMeasures.map((measure) => [
        `${titles[measure]} minus ${plainVariant}`,
        differences && formatDifference(differences[measure]),
      ]),
    ),
  }));
}
