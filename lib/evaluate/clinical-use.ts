import * as v from "valibot";

import { formatInterval } from "../display/number";
import type { TableCell } from "../display/table";
import { listOf, number, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { calibrationLine } from "../statistics/calibration-line";
import type { Coefficient } from "../statistics/logistic-model";
import { predictiveValues } from "../statistics/net-benefit";
import { normalQuantile } from "../statistics/normal-quantile";
import { boundedInterval, bootstrapSamples, measureSamples } from "./bootstrap";
import type { Decided } from "./decide";
import type { Evaluation } from "./evaluation";
import { mergeViews } from "./merge-views";
import { makeSamples, type Sample } from "./sample";

const useOptions = v.strictObject({
  /** Where a test might be used, and how often a lesion is malignant there, above 0 and below 1. */
  settings: v.optional(
    listOf(v.strictObject({ name: text("a name"), prevalence: number({ above: 0, below: 1 }) }), { least: 1 }),
    [
      { name: "screening", prevalence: 0.006 },
      { name: "symptomatic clinic", prevalence: 0.1 },
    ],
  ),
});

/** What is asked of a model's use. @interface */
export type ClinicalUseOptions = v.InferInput<typeof useOptions>;

/** A value with its interval; null where it is not defined. */
interface UseValue {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** What a model's probabilities and calls are worth elsewhere than in the set. Plain data. */
export interface ClinicalUse {
  readonly model: string;
  readonly patients: number;
  /** How the true logit grows with the given one: 1 is right, below it probabilities are too extreme. */
  readonly calibrationSlope: UseValue;
  /** By how much true logits lie above the given ones: 0 is right, above it malignancy is underestimated. */
  readonly calibrationIntercept: UseValue;
  readonly settings: readonly {
    readonly name: string;
    readonly prevalence: number;
    /** How often a malignant call is right there. */
    readonly positive: UseValue;
    /** How often a benign call is right there. */
    readonly negative: UseValue;
  }[];
  /** What to know, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Measures, per patient, how far probabilities can be taken at their word, and what calls are worth where malignant lesions are as
 * frequent as stated. The mean of a patient's images is her probability. With several seeds, calibration is that of the mean
 * probability over seeds, and its standard errors are of the patients alone.
 *
 * @param evaluation An evaluation, whose cases, thresholds and resampling are taken.
 * @throws {Problem} Where an option cannot be such.
 */
export function measureUse(evaluation: Evaluation, options: ClinicalUseOptions = {}): ClinicalUse {
  const { settings } = checkOptions("measureUse", useOptions, options);
  const { model, confidence, replicates, resamplingSeed } = evaluation;
  const cases = mergeViews(evaluation.cases);
  const samples = makeSamples(cases);
  const statistic = (sample: Sample, weights: Uint16Array, values: Float64Array) => {
    const { sensitivity, specificity } = ratesOf(sample, weights);
    settings.forEach(({ prevalence }, index) => {
      const defined = !Number.isNaN(sensitivity) && !Number.isNaN(specificity);
      const { positive, negative } = defined
        ? predictiveValues(sensitivity, specificity, prevalence)
        : { positive: null, negative: null };
      values[2 * index] = positive ?? NaN;
      values[2 * index + 1] = negative ?? NaN;
    });
  };
  const count = 2 * settings.length;
  const random = createRandom(resamplingSeed).split("use");
  const found = measureSamples(samples, count, statistic);
  const intervals = bootstrapSamples(samples, count, statistic, { replicates, confidence, random });
  const share = (index: number): UseValue => {
    if (Number.isNaN(found[index]!)) return none;
    const { low, high } = boundedInterval(intervals[index]!, 0, 1);
    return { value: found[index]!, low, high };
  };
  const { intercept, slope, reason } = calibrationOf(cases, confidence);
  const { probabilities } = meansOverSeeds(cases);
  const extreme = probabilities.filter((one) => one === 0 || one === 1).length;
  return {
    model,
    patients: samples.patients.length,
    calibrationSlope: slope,
    calibrationIntercept: intercept,
    settings: settings.map(({ name, prevalence }, index) => ({
      ...{ name, prevalence },
      ...{ positive: share(2 * index), negative: share(2 * index + 1) },
    })),
    notes: [
      ...(reason === null ? [] : [`${model}: ${reason}`]),
      ...(extreme === 0
        ? []
        : [`${model}: ${extreme} probabilities are exactly 0 or 1, and taken for the nearest within.`]),
    ],
  };
}

/** Makes a table of what models are worth elsewhere, to be shown by `showTable`: one row a model. */
export function useTable(uses: readonly ClinicalUse[]): Record<string, TableCell>[] {
  const say = ({ value, low, high }: UseValue, digits = 2) => formatInterval(value, low, high, digits);
  return uses.map(({ model, calibrationSlope, calibrationIntercept, settings }) => ({
    model,
    "calibration slope": say(calibrationSlope),
    "calibration intercept": say(calibrationIntercept),
    ...Object.fromEntries(
      settings.flatMap(({ name, prevalence, positive, negative }) => {
        const where = `${name} (${Number((100 * prevalence).toFixed(2))} %)`;
        return [
          [`PPV, ${where}`, say(positive, 3)],
          [`NPV, ${where}`, say(negative, 4)],
        ];
      }),
    ),
  }));
}

/** Calibration in the large and slope, with their intervals. */
export interface CalibrationValues {
  readonly intercept: UseValue;
  readonly slope: UseValue;
  /** Why one is not defined, as a sentence; null where both are. */
  readonly reason: string | null;
}

/**
 * Measures calibration in the large and slope of cases that are independent, such as patients; with several seeds, of the mean
 * probability over seeds.
 *
 * @param cases The cases of any folds, each once a seed.
 * @param confidence How often intervals hold the true value, between 0 and 1.
 */
export function calibrationOf(cases: readonly Decided[], confidence: number): CalibrationValues {
  const { folds, labels, probabilities } = meansOverSeeds(cases);
  if (new Set(labels).size < 2) return { intercept: none, slope: none, reason: "All patients are of one class." };
  const { slope, intercept, reason } = calibrationLine(labels, probabilities);
  // What differs between folds alone is how the networks were made, and no order of cases.
  if (
    slope !== null &&
    new Set(folds.map((fold, at) => JSON.stringify([fold, probabilities[at]]))).size === new Set(folds).size
  ) {
    const same = "Each network says the same of all cases: a slope is not defined.";
    return { slope: none, intercept: toValue(intercept, confidence), reason: same };
  }
  return { slope: toValue(slope, confidence), intercept: toValue(intercept, confidence), reason };
}

const none: UseValue = { value: null, low: null, high: null };

function toValue(coefficient: Coefficient | null, confidence: number): UseValue {
  if (coefficient === null) return none;
  const { value, standardError } = coefficient;
  const half = normalQuantile(0.5 + confidence / 2) * standardError;
  return { value, low: value - half, high: value + half };
}

function ratesOf({ patient, label, decision }: Sample, weights: Uint16Array) {
  const counts = [0, 0, 0, 0];
  label.forEach((one, index) => (counts[2 * one + decision[index]!]! += weights[patient[index]!]!));
  const [cleared, alarms, missed, found] = counts as [number, number, number, number];
  return { sensitivity: found / (found + missed), specificity: cleared / (cleared + alarms) };
}

function meansOverSeeds(cases: readonly Decided[]): { folds: string[]; labels: number[]; probabilities: number[] } {
  const own = new Map<string, { fold: string; label: number; probabilities: number[] }>();
  for (const { id, fold, label, probability } of cases) {
    const key = JSON.stringify([id, fold]);
    const known = own.get(key) ?? { fold, label, probabilities: [] };
    known.probabilities.push(probability);
    own.set(key, known);
  }
  const all = [...own.values()];
  return {
    folds: all.map(({ fold }) => fold),
    labels: all.map(({ label }) => label),
    probabilities: all.map(({ probabilities: list }) => list.reduce((sum, one) => sum + one / list.length, 0)),
  };
}
