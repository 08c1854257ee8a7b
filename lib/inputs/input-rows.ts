import { formatDifference } from "../compare/format-difference";
import type { TableCell } from "../display/table";
import { formatEstimate } from "../evaluate/evaluation-table";
import type { Estimate } from "../evaluate/estimate";
import type { BootstrapInterval } from "../statistics/bootstrap-by-group";
import { variantRows, type VariantPredictions, type VariantRowsOptions } from "../variants/variant-rows";
import { referenceArm } from "./input-arms";

/** What an input is worth to a network. Plain data. */
export interface InputRow {
  readonly input: string;
  readonly model: string;
  readonly images: number;
  readonly patients: number;
  /** The area under the curve over images, and over patients: the mean of her views. */
  readonly areaOfImages: Estimate;
  readonly areaOfPatients: Estimate;
  /** The share of patients decided rightly at a probability of one half. */
  readonly accuracyOfPatients: Estimate;
  /** This input minus the expert's box, of the same network and patients; null of the expert's box, and where that is not done. */
  readonly areaDifference: BootstrapInterval | null;
  readonly accuracyDifference: BootstrapInterval | null;
}

/**
 * Measures what inputs are worth: each network with each input, and held against the same network with the expert's box.
 *
 * @param sets The predictions, in the order of the rows.
 * @param options How often patients are drawn for the intervals.
 * @throws {Problem} Where a network was tested on other images with one input than with another.
 */
export function inputRows(
  sets: readonly VariantPredictions[],
  options: Pick<VariantRowsOptions, "replicates"> = {},
): InputRow[] {
  return variantRows(sets, { reference: referenceArm, ...options }).map(
    ({ variant, measures, differences, ...counted }) => ({
      ...{ input: variant, ...counted },
      ...{ areaOfPatients: measures.areaUnderCurve, accuracyOfPatients: measures.accuracy },
      areaDifference: differences?.areaUnderCurve ?? null,
      accuracyDifference: differences?.accuracy ?? null,
    }),
  );
}

/** Makes a table of what inputs are worth, to be shown by `showTable`. */
export function inputsTable(rows: readonly InputRow[]): Record<string, TableCell>[] {
  return rows.map((row) => ({
    ...{ input: row.input, model: row.model, images: row.images, patients: row.patients },
    "area per image": formatEstimate(row.areaOfImages),
    "area per patient": formatEstimate(row.areaOfPatients),
    "accuracy per patient": formatEstimate(row.accuracyOfPatients),
    [`area minus ${referenceArm}`]: row.areaDifference && formatDifference(row.areaDifference),
    [`accuracy minus ${referenceArm}`]: row.accuracyDifference && formatDifference(row.accuracyDifference),
  }));
}
