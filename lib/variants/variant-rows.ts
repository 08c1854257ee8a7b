import { alignPredictions } from "../compare/align";
import { comparePredictions } from "../compare/compare-predictions";
import { differenceOfRows } from "../compare/measure-rows";
import { evaluatePredictions } from "../evaluate/evaluation";
import type { Estimate } from "../evaluate/estimate";
import { firstMeasures, type FirstMeasure } from "../evaluate/measures";
import type { PredictionSet } from "../evaluate/predictions";
import { createRandom } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval } from "../statistics/bootstrap-by-group";

/** What a network, or a trivial baseline, said in a variant. */
export interface VariantPredictions {
  /** The variant's name. */
  readonly variant: string;
  readonly predictions: PredictionSet;
}

/** What a variant is worth to a network. Plain data. */
export interface VariantRow {
  readonly variant: string;
  readonly model: string;
  readonly images: number;
  readonly patients: number;
  /** The area under the curve over images. */
  readonly areaOfImages: Estimate;
  readonly measures: Readonly<Record<FirstMeasure, Estimate>>;
  /**
   * This variant minus the reference, of the same network and patients, with intervals by a bootstrap that draws patients, for both alike;
   * null of the reference, and where that is not done. Those of area and accuracy hold what several seeds add.
   */
  readonly differences: Readonly<Record<FirstMeasure, BootstrapInterval>> | null;
}

/** How rows are measured. */
export interface VariantRowsOptions {
  /** The variant that all others are held against. */
  readonly reference: string;
  /** How often patients are drawn for the intervals; default: 2000. */
  readonly replicates?: number;
}

/**
 * Measures what variants are worth: each network in each variant, and held against the same network in the reference.
 *
 * @param sets The predictions, in the order of the rows.
 * @throws {Problem} Where a network was tested on other images in one variant than in another.
 */
export function variantRows(
  sets: readonly VariantPredictions[],
  { reference, replicates = 2000 }: VariantRowsOptions,
): VariantRow[] {
  return sets.map(({ variant, predictions }) => {
    const { pooled, patients } = evaluatePredictions(predictions, { replicates });
    const held = sets.find(
      (one) => one.variant === reference && one.predictions.model === predictions.model && variant !== reference,
    );
    return {
      ...{ variant, model: predictions.model, images: pooled.cases, patients: pooled.patients },
      areaOfImages: pooled.measures.areaUnderCurve,
      measures: Object.fromEntries(
        firstMeasures.map((measure) => [measure, patients.measures[measure]]),
      ) as VariantRow["measures"],
      differences:
        held === undefined
          ? null
          : differencesOf(
              { ...held.predictions, model: `${predictions.model}, ${reference}` },
              { ...predictions, model: `${predictions.model}, ${variant}` },
              replicates,
            ),
    };
  });
}

function differencesOf(
  reference: PredictionSet,
  other: PredictionSet,
  replicates: number,
): Record<FirstMeasure, BootstrapInterval> {
  const { areaUnderCurve, accuracy } = comparePredictions(reference, other, { unit: "patients", replicates });
  const alignment = alignPredictions([reference, other], { threshold: { kind: "fixed", at: 0.5 }, unit: "patients" });
  const [first, second] = alignment.models;
  const { sensitivity, specificity } = bootstrapByGroup({
    groups: alignment.patients,
    strata: alignment.folds,
    random: createRandom(1).split("compare"),
    replicates,
    statistics: {
      sensitivity: differenceOfRows(alignment, first!, second!, "sensitivity"),
      specificity: differenceOfRows(alignment, first!, second!, "specificity"),
    },
  });
  return { areaUnderCurve: areaUnderCurve.difference, accuracy: accuracy.difference, sensitivity, specificity };
}
