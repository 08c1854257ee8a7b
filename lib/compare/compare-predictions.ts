import * as v from "valibot";

import { resamplingOptions } from "../evaluate/bootstrap";
import { thresholdOption } from "../evaluate/decide";
import type { PredictionSet } from "../evaluate/predictions";
import { oneOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval } from "../statistics/bootstrap-by-group";
import type { DelongComparison } from "../statistics/delong";
import { alignPredictions, modelOf, type AlignedModel, type Alignment, type ResampledUnit } from "./align";
import { testOverFolds, type FoldTest } from "./fold-test";
import { differenceOfRows, measureOfRows } from "./measure-rows";
import { testAreas, testDecisions, type DecisionTest } from "./paired-tests";
import { testPatients, type PatientTest } from "./patient-test";

/** The schema of {@link CompareOptions}. */
export const compareOptions = v.strictObject({
  /** How each model's threshold is chosen in each fold and seed; default: 0.5, fixed beforehand. */
  threshold: thresholdOption,
  /** What counts as one case: images, the default, or patients, each with the mean of her images. */
  unit: v.optional(oneOf(["images", "patients"]), "images"),
  ...resamplingOptions,
});

/** How two models are compared. @interface */
export type CompareOptions = v.InferOutput<typeof compareOptions>;

/** A measure of two models and how far they differ. */
export interface MeasuredDifference {
  /** The reference's, the mean over its seeds. */
  readonly reference: number;
  /** The other's, the mean over its seeds. */
  readonly other: number;
  /** Other minus reference, with its interval by a bootstrap over patients. */
  readonly difference: BootstrapInterval;
}

/** Two models compared. All differences are other minus reference. Plain data, to be kept as JSON. */
export interface Comparison {
  readonly reference: string;
  readonly other: string;
  readonly unit: ResampledUnit;
  readonly cases: number;
  readonly malignant: number;
  readonly patients: number;
  /** How many seeds each has. */
  readonly seeds: { readonly reference: number; readonly other: number };
  readonly thresholdRule: string;
  readonly confidence: number;
  readonly accuracy: MeasuredDifference;
  readonly areaUnderCurve: MeasuredDifference;
  /** The same differences with patients, and where there are several seeds these too, as the units; left out by earlier versions. */
  readonly overPatients?: { readonly accuracy: PatientTest; readonly areaUnderCurve: PatientTest };
  /** DeLong's test of the areas, folds pooled and images taken as independent; `first` is the other. */
  readonly delong: DelongComparison;
  /** McNemar's exact test of the decisions. */
  readonly mcnemar: DecisionTest;
  /** The corrected resampled t-test over folds. */
  readonly overFolds: { readonly accuracy: FoldTest; readonly areaUnderCurve: FoldTest };
  /** What to know of the numbers, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Compares two models on the same images: the differences in accuracy and in the area within folds, with intervals by a bootstrap
 * over patients and with tests whose units are patients and seeds; beside them, for who looks for them, DeLong's test of the areas
 * and McNemar's exact test of the decisions, both of the images of all folds together, and the corrected resampled t-test over folds. P-values are of this one comparison: for several, see
 * {@link compareAll}.
 *
 * @param reference The predictions of the model that the other is held against.
 * @throws {Problem} Where the two were not tested on the same images in the same folds (see `alignPredictions`), a
 *   threshold cannot be chosen, or an option cannot be such.
 */
export function comparePredictions(
  reference: PredictionSet,
  other: PredictionSet,
  options: Partial<CompareOptions> = {},
): Comparison {
  const settings = checkOptions("comparePredictions", compareOptions, options);
  const alignment = alignPredictions([reference, other], settings);
  return compareAligned(alignment, reference.model, other.model, settings);
}

/**
 * Compares two of several models that stand side by side.
 *
 * @throws {Problem} Where there is no model of a name, or an option cannot be such.
 */
export function compareAligned(
  alignment: Alignment,
  reference: string,
  other: string,
  settings: CompareOptions,
): Comparison {
  const [first, second] = [modelOf(alignment, reference), modelOf(alignment, other)];
  const { unit, labels, patients, thresholdRule } = alignment;
  const { confidence, replicates, seed } = settings;
  // The same patients are drawn for all pairs: differences between pairs are then the models' alone.
  const intervals = bootstrapByGroup({
    groups: patients,
    strata: alignment.folds,
    random: createRandom(seed).split("compare"),
    replicates,
    confidence,
    statistics: {
      accuracy: differenceOfRows(alignment, first, second, "accuracy"),
      areaUnderCurve: differenceOfRows(alignment, first, second, "areaUnderCurve"),
    },
  });
  const all = labels.map((_, row) => row);
  const overPatients = {
    accuracy: testPatients(alignment, first, second, { measure: "accuracy", confidence }),
    areaUnderCurve: testPatients(alignment, first, second, { measure: "areaUnderCurve", confidence }),
  };
  const measured = (measure: "accuracy" | "areaUnderCurve"): MeasuredDifference => ({
    reference: measureOfRows(alignment, first, measure)(all)!,
    other: measureOfRows(alignment, second, measure)(all)!,
    difference: widenBySeeds(intervals[measure], overPatients[measure]),
  });
  const overFolds = (measure: "accuracy" | "areaUnderCurve") =>
    testOverFolds(alignment, first, second, { measure, confidence });
  return {
    reference,
    other,
    unit,
    cases: labels.length,
    malignant: labels.filter((label) => label === 1).length,
    patients: new Set(patients).size,
    seeds: { reference: first.seeds.length, other: second.seeds.length },
    thresholdRule,
    confidence,
    accuracy: measured("accuracy"),
    areaUnderCurve: measured("areaUnderCurve"),
    overPatients,
    delong: testAreas(alignment, first, second, confidence),
    mcnemar: testDecisions(alignment, first, second, confidence),
    overFolds: { accuracy: overFolds("accuracy"), areaUnderCurve: overFolds("areaUnderCurve") },
    notes: notesOn(alignment, first, second),
  };
}

// The bootstrap draws patients: what seeds add moves its ends away from the difference.
function widenBySeeds(interval: BootstrapInterval, { widening }: PatientTest): BootstrapInterval {
  const { estimate, low, high } = interval;
  if (widening === null || estimate === null || low === null || high === null) return interval;
  const end = (value: number) => Math.min(1, Math.max(-1, estimate + (value - estimate) * widening));
  return { ...interval, low: end(low), high: end(high) };
}

function notesOn({ patients, labels, unit }: Alignment, first: AlignedModel, second: AlignedModel): string[] {
  const notes: string[] = [];
  const different = new Set(patients).size;
  if (different < labels.length) {
    notes.push(
      `${labels.length} ${unit} are of ${different} patients: DeLong's and McNemar's tests take ${unit} as independent; intervals and the tests over patients do not.`,
    );
  }
  const several = [first, second].filter(({ seeds }) => seeds.length > 1);
  if (several.length > 0) {
    const names = several.map(({ name, seeds }) => `${name} (${seeds.length} seeds)`).join(" and ");
    notes.push(
      `DeLong's and McNemar's tests take the mean probability over seeds of ${names}; accuracies, areas and their tests over patients are of means over seeds.`,
    );
  }
  const single = [first, second].filter(({ seeds }) => seeds.length === 1).map(({ name }) => name);
  if (single.length > 0) {
    notes.push(`One seed of ${single.join(" and of ")}: what another training would change is in no interval.`);
  }
  return notes;
}
