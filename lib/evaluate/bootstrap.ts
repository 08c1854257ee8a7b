import * as v from "valibot";

import { number, wholeNumber } from "../runtime/option-values";
import type { RandomGenerator } from "../runtime/random";
import { checkConfidence } from "../statistics/check-numbers";
import { normalQuantile } from "../statistics/normal-quantile";
import { resampleGroups } from "../statistics/resample-groups";
import { joinVariances, seedVariance } from "../statistics/seed-variance";
import { criticalValue } from "../statistics/student";
import { mean, quantile } from "../statistics/summary";
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
 * Resamples whole patients with replacement, within folds, and gives percentile intervals (Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993, chapter 13). All seeds see the same patients in a replicate, and the value is their mean. Patients who are
 * tested in several folds are drawn together with those of all of them.
 *
 * With several seeds the interval is of the patients that might have been tested and of the seeds that might have been drawn: its ends
 * are moved away from the value by as much as the variance of the seeds adds; see `seedVariance`. With one seed it is of the patients
 * alone, which {@link describeResampling} says.
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
  const seeds = samples.samples.length;
  const drawn = Array.from({ length: count }, () => samples.samples.map(() => new Float64Array(replicates)));
  const weights = new Uint16Array(patients);
  const values = new Float64Array(count);
  const { groups, strata, countsFor } = drawingOf(samples);
  resampleGroups({ groups, strata, replicates, random }, (chosen, replicate) => {
    weights.fill(0);
    for (const row of chosen) if (countsFor[row]! >= 0) weights[countsFor[row]!]!++;
    samples.samples.forEach((sample, seed) => {
      statistic(sample, weights, values);
      for (let index = 0; index < count; index++) drawn[index]![seed]![replicate] = values[index]!;
    });
  });
  const asTheyAre = seeds > 1 ? measureEach(samples, count, statistic) : null;
  return drawn.map((lists, index) => {
    const rows = [...lists[0]!.keys()].filter((row) => lists.every((list) => !Number.isNaN(list[row]!)));
    const undefinedReplicates = replicates - rows.length;
    if (patients < 2 || undefinedReplicates > mostUndefined * replicates) {
      return { low: null, high: null, undefinedReplicates };
    }
    const means = rows.map((row) => lists.reduce((sum, list) => sum + list[row]! / seeds, 0));
    const tail = (1 - confidence) / 2;
    const interval = { low: quantile(means, tail), high: quantile(means, 1 - tail) };
    const own = asTheyAre?.map((each) => each[index]!) ?? [];
    const replicated = lists.map((list) => rows.map((row) => list[row]!));
    return { ...(asTheyAre === null ? interval : widen(interval, own, replicated, confidence)), undefinedReplicates };
  });
}

/**
 * Says what an interval of {@link bootstrapSamples} is of, and what it leaves out.
 *
 * @param lost Replicates without a value.
 * @returns "bootstrap over 60 patients within 5 folds, 2000 replicates; one seed: what another training would change is left out".
 */
export function describeResampling({ patients, folds, samples }: Samples, replicates: number, lost = 0): string {
  const within = folds.length > 1 ? ` within ${folds.length} folds` : "";
  const seeds = samples.length > 1 ? `, and ${samples.length} seeds` : "";
  const without = lost === 0 ? "" : ` (not defined in ${lost})`;
  const leaves = samples.length > 1 ? "" : "; one seed: what another training would change is left out";
  return `bootstrap over ${patients.length} patients${within}, ${replicates} replicates${without}${seeds}${leaves}`;
}

/**
 * Keeps an interval within what a value can be, which what seeds add can lead out of.
 *
 * @param least The least that the value can be; the lower end is raised to it.
 * @param most The most that it can be; the upper end is lowered to it.
 */
export function boundedInterval(interval: BootstrapInterval, least: number, most: number): BootstrapInterval {
  const { low, high } = interval;
  return {
    ...interval,
    low: low === null ? null : Math.max(least, low),
    high: high === null ? null : Math.min(most, high),
  };
}

// A row for each patient and fold, so that folds that share a patient are found; of her rows only one counts.
function drawingOf({ patients, folds, places }: Samples) {
  const seen = new Set<number>();
  const countsFor = places.map(([patient]) => {
    const again = seen.has(patient);
    seen.add(patient);
    return again ? -1 : patient;
  });
  return {
    groups: places.map(([patient]) => patients[patient]!),
    strata: places.map(([, fold]) => folds[fold]!),
    countsFor,
  };
}

function widen(
  { low, high }: { readonly low: number; readonly high: number },
  values: readonly number[],
  replicated: readonly (readonly number[])[],
  confidence: number,
): { readonly low: number; readonly high: number } {
  if (values.some((value) => Number.isNaN(value)) || replicated[0]!.length < 2) return { low, high };
  const centres = replicated.map((list) => mean(list));
  const covariance = replicated.map((first, a) =>
    replicated.map((second, b) =>
      mean(first.map((value, row) => (value - centres[a]!) * (second[row]! - centres[b]!))),
    ),
  );
  const known = covariance.flat().reduce((sum, value) => sum + value, 0) / values.length ** 2;
  if (!(known > 0)) return { low, high };
  const { variance, degreesOfFreedom } = joinVariances(known, [seedVariance({ values, covariance })]);
  const normal = normalQuantile(0.5 + confidence / 2);
  const scale = (criticalValue(confidence, degreesOfFreedom) * Math.sqrt(variance)) / (normal * Math.sqrt(known));
  const value = mean(values);
  return { low: value - (value - low) * scale, high: value + (high - value) * scale };
}

/**
 * Measures samples once, as they are.
 *
 * @param samples The cases of each seed.
 * @returns The values, each the mean over seeds; NaN where one is not defined in a seed.
 */
export function measureSamples(samples: Samples, count: number, statistic: WeightedStatistic): number[] {
  const sums = new Array<number>(count).fill(0);
  for (const values of measureEach(samples, count, statistic)) {
    values.forEach((value, index) => (sums[index]! += value / samples.samples.length));
  }
  return sums;
}

function measureEach(samples: Samples, count: number, statistic: WeightedStatistic): Float64Array[] {
  const once = new Uint16Array(samples.patients.length).fill(1);
  return samples.samples.map((sample) => {
    const values = new Float64Array(count);
    statistic(sample, once, values);
    return values;
  });
}
