import { comparePredictions, type MeasuredDifference } from "../compare/compare-predictions";
import { formatDifference } from "../compare/format-difference";
import type { TableCell } from "../display/table";
import { formatEstimate } from "../evaluate/evaluation-table";
import { evaluatePredictions } from "../evaluate/evaluation";
import type { Estimate } from "../evaluate/estimate";
import type { PredictionSet } from "../evaluate/predictions";
import { referenceArm } from "./input-arms";

/** What a network, or a trivial baseline, said when it was given an input. */
export interface InputPredictions {
  /** The input's name. */
  readonly input: string;
  readonly predictions: PredictionSet;
}

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
  readonly areaDifference: MeasuredDifference["difference"] | null;
  readonly accuracyDifference: MeasuredDifference["difference"] | null;
}

/** How rows are measured. */
export interface InputRowsOptions {
  /** How often patients are drawn for the intervals; default: 2000. */
  readonly replicates?: number;
}

/**
 * Measures what inputs are worth: each network with each input, and held against the same network with the expert's box.
 *
 * @param sets The predictions, in the order of the rows.
 * @throws {Problem} Where a network was tested on other images with one input than with another.
 */
export function inputRows(sets: readonly InputPredictions[], { replicates = 2000 }: InputRowsOptions = {}): InputRow[] {
  return sets.map(({ input, predictions }) => {
    const { pooled, patients } = evaluatePredictions(predictions, { replicates });
    const reference = sets.find(
      (one) => one.input === referenceArm && one.predictions.model === predictions.model && input !== referenceArm,
    );
    const compared =
      reference === undefined
        ? null
        : comparePredictions(
            { ...reference.predictions, model: `${predictions.model}, ${referenceArm}` },
            { ...predictions, model: `${predictions.model}, ${input}` },
            { unit: "patients", replicates },
          );
    return {
      ...{ input, model: predictions.model, images: pooled.cases, patients: pooled.patients },
      areaOfImages: pooled.measures.areaUnderCurve,
      areaOfPatients: patients.measures.areaUnderCurve,
      accuracyOfPatients: patients.measures.accuracy,
      areaDifference: compared?.areaUnderCurve.difference ?? null,
      accuracyDifference: compared?.accuracy.difference ?? null,
    };
  });
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
