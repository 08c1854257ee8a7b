import * as v from "valibot";

import { number, wholeNumber } from "../runtime/option-values";
import type { RandomGenerator } from "../runtime/random";
import { checkConfidence } from "../statistics/check-numbers";
import { resampleGroups } from "../statistics/resample-groups";
import { quantile } from "../statistics/summary";
import type { Sample, Samples } from "./sample";

/**
 * Measures a sample in which each patient counts as often as she was drawn.
 *
 * @param weights How often each patient counts, by her number: `[patients]`.
 * @param values Where the measured values are written; NaN where one is not defined.
 */
export type WeightedStatistic = (sample: Sample, weights: Uint16Array, values: Float64Array) => void;

/** The options that say how patients are resampled. */
export const resamplingOptions = {
  /** How often patients are resampled, from 1; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 1 }), 2000),
  /** How often intervals hold the true value, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
  /** The seed of the resampling; default: 1. */
  seed: v.optional(wholeNumber(), 1),
};

/** How patients are resampled. */
export interface BootstrapOptions {
  /** How many times, from 1. */
  readonly replicates: number;
  /** How often such intervals hold the true value, between 0 and 1. */
  readonly confidence: number;
  readonly random: RandomGenerator;
}

/** What resampling says of one value. */
export interface BootstrapInterval {
  /** The lower end; null where too few replicates have a value. */
  readonly low: number | null;
  /** The upper end; null with it. */
  readonly high: number | null;
  /** Replicates in which the value is not defined, as an area under the curve is not without a malignant case. */
  readonly undefinedReplicates: number;
}

/** With a greater share of replicates without a value, the others are no picture of what may happen. */
const mostUndefined = 0.1;

/**
 * Resamples whole patients with replacement and gives percentile intervals (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13). All seeds see the same patients in a replicate, and the value is their mean: the interval is
 * of the patients that might have been tested, not of the seeds that might have been drawn.
 *
 * @param samples The cases of each seed.
 * @returns One interval a value; without an end where fewer than two patients are there, or more than a tenth of the
 *   replicates have no value.
 * @throws {Problem} Where the replicates are not a whole number from 1, or the confidence is not between 0 and 1.
 */
export function bootstrapSamples(
  samples: Samples,
  count: number,
  statistic: WeightedStatistic,
  { replicates, confidence, random }: BootstrapOptions,
): BootstrapInterval[] {
  checkConfidence(confidence);
  const patients = samples.patients.length;
  const drawn = Array.from({ length: count }, () => new Float64Array(replicates));
  const weights = new Uint16Array(patients);
  const values = new Float64Array(count);
  // Patients are drawn, not rows: in each seed a patient has rows of her own.
  resampleGroups({ groups: samples.patients, replicates, random }, (chosen, replicate) => {
    weights.fill(0);
    for (const patient of chosen) weights[patient]!++;
    for (const sample of samples.samples) {
      statistic(sample, weights, values);
      for (let index = 0; index < count; index++) {
        drawn[index]![replicate]! += values[index]! / samples.samples.length;
      }
    }
  });
  return drawn.map((list) => {
    const defined = [...list].filter((value) => !Number.isNaN(value));
    const undefinedReplicates = replicates - defined.length;
    if (patients < 2 || undefinedReplicates > mostUndefined * replicates) {
      return { low: null, high: null, undefinedReplicates };
    }
    const tail = (1 - confidence) / 2;
    return { low: quantile(defined, tail), high: quantile(defined, 1 - tail), undefinedReplicates };
  });
}

/**
 * Measures samples once, as they are.
 *
 * @param samples The cases of each seed.
 * @returns The values, each the mean over seeds; NaN where one is not defined in a seed.
 */
export function measureSamples(samples: Samples, count: number, statistic: WeightedStatistic): number[] {
  const once = new Uint16Array(samples.patients.length).fill(1);
  const values = new Float64Array(count);
  const sums = new Array<number>(count).fill(0);
  for (const sample of samples.samples) {
    statistic(sample, once, values);
    values.forEach((value, index) => (sums[index]! += value / samples.samples.length));
  }
  return sums;
}
