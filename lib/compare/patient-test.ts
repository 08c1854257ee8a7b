import { areaInterval, logitInterval } from "../statistics/area-interval";
import { clusteredAreas, varianceOfSum } from "../statistics/clustered-areas";
import { clusteredMeans } from "../statistics/clustered-means";
import { normalQuantile } from "../statistics/normal-quantile";
import { joinVariances, seedVariance } from "../statistics/seed-variance";
import { criticalValue, twoSidedP } from "../statistics/student";
import type { Alignment, AlignedModel } from "./align";

/** A difference of two models with patients, and with several seeds these too, as the units. Plain data. */
export interface PatientTest {
  /** Other minus reference, each the mean over its seeds; areas are within folds. */
  readonly difference: number;
  /** Its standard error; null where it is 0 or unknown. */
  readonly standardError: number | null;
  /** Of the standard error, where few seeds are part of it; null: the normal distribution serves. */
  readonly degreesOfFreedom: number | null;
  /** The lower end of the interval, from -1; null where there is none. */
  readonly low: number | null;
  /** The upper end, to 1; null where the lower is. */
  readonly high: number | null;
  /** The two-sided p-value; 1 where every patient fares alike with both; null where it cannot be computed. */
  readonly p: number | null;
  /** By how much the seeds make the interval wider than patients alone do, from 1; null where they do not, or are not known to. */
  readonly widening: number | null;
  /** What the interval does not hold, as a sentence; null where it holds patients and seeds. */
  readonly leavesOut: string | null;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/** What is tested over patients. */
export interface PatientTestOptions {
  readonly measure: "accuracy" | "areaUnderCurve";
  /** How often intervals hold the true difference, between 0 and 1. */
  readonly confidence: number;
}

/**
 * Tests whether two models differ, with patients as the unit: areas within folds by Obuchowski's estimator, accuracies by variances
 * over patients. With several seeds, what they add to the variance is part of it; see `seedVariance`. With one image a patient and
 * one fold and seed, the test of areas is DeLong's.
 *
 * @param reference The model whose measure is taken away.
 * @param other The model that it is taken from.
 */
export function testPatients(
  alignment: Pick<Alignment, "labels" | "patients" | "folds">,
  reference: AlignedModel,
  other: AlignedModel,
  { measure, confidence }: PatientTestOptions,
): PatientTest {
  const { labels, patients, folds } = alignment;
  const { values, covariance, reason } = measureSeeds(labels, patients, folds, [other, reference], measure);
  const [own, theirs] = [other.seeds.length, reference.seeds.length];
  const weights = values.map((_, index) => (index < own ? 1 / own : -1 / theirs));
  const difference = values.reduce((sum, value, index) => sum + weights[index]! * value, 0);
  const single = [reference, other].filter(({ seeds }) => seeds.length === 1).map(({ name }) => name);
  const leavesOut =
    single.length === 0
      ? null
      : `One seed of ${single.join(" and of ")}: what another training would change is left out.`;
  const none = { standardError: null, degreesOfFreedom: null, low: null, high: null, widening: null, leavesOut };
  if (covariance === null) return { ...none, difference, p: null, reason };
  const ofPatients = varianceOfSum(covariance, weights);
  const block = (from: number, to: number) =>
    seedVariance({
      values: values.slice(from, to),
      covariance: covariance.slice(from, to).map((row) => row.slice(from, to)),
    });
  const { variance, degreesOfFreedom } = joinVariances(ofPatients, [block(0, own), block(own, own + theirs)]);
  const same = ofPatients === 0 && Math.abs(difference) < 1e-12;
  if (same || variance === 0) {
    const why = same ? "Every patient fares alike with both: there is nothing to test." : "All patients fare differently by the same amount: the variance is 0."; // prettier-ignore
    return { ...none, difference: same ? 0 : difference, p: same ? 1 : null, reason: why };
  }
  const standardError = Math.sqrt(variance);
  const normal = normalQuantile(0.5 + confidence / 2);
  const half = criticalValue(confidence, degreesOfFreedom) * standardError;
  const z = difference / standardError;
  return {
    difference,
    standardError,
    degreesOfFreedom,
    low: Math.max(-1, difference - half),
    high: Math.min(1, difference + half),
    p: twoSidedP(z, degreesOfFreedom),
    widening: degreesOfFreedom === null || ofPatients === 0 ? null : half / (normal * Math.sqrt(ofPatients)),
    leavesOut,
    reason: null,
  };
}

/**
 * Measures the area within folds of one model, the mean over its seeds, with its interval over patients and seeds.
 *
 * @param confidence How often such intervals hold the true area, between 0 and 1.
 * @returns The area and its interval, symmetric for the area's logit with the degrees of freedom of few seeds; no ends where the
 *   variance is 0 or unknown.
 */
export function areaOverPatients(
  alignment: Pick<Alignment, "labels" | "patients" | "folds">,
  model: AlignedModel,
  confidence: number,
): { readonly value: number; readonly low: number | null; readonly high: number | null } {
  const { labels, patients, folds } = alignment;
  const { values, covariance } = measureSeeds(labels, patients, folds, [model], "areaUnderCurve");
  const value = values.reduce((sum, one) => sum + one / values.length, 0);
  if (values.length === 1) {
    const interval = areaInterval({ labels, groups: patients, strata: folds }, model.probabilities[0]!, confidence)!;
    return { value, low: interval.low, high: interval.high };
  }
  const none = { value, low: null, high: null };
  if (covariance === null) return none;
  const ofPatients = varianceOfSum(
    covariance,
    values.map(() => 1 / values.length),
  );
  const { variance, degreesOfFreedom } = joinVariances(ofPatients, [seedVariance({ values, covariance })]);
  if (variance === 0 || value <= 0 || value >= 1) return none;
  const normal = normalQuantile(0.5 + confidence / 2);
  const critical = criticalValue(confidence, degreesOfFreedom);
  return { value, ...logitInterval(value, variance * (critical / normal) ** 2, confidence) };
}

// The measure of each model with each of its seeds, and how these vary together over patients.
function measureSeeds(
  labels: readonly number[],
  patients: readonly string[],
  folds: readonly string[],
  models: readonly Pick<AlignedModel, "probabilities" | "decisions">[],
  measure: PatientTestOptions["measure"],
): {
  readonly values: readonly number[];
  readonly covariance: readonly (readonly number[])[] | null;
  readonly reason: string | null;
} {
  if (measure === "areaUnderCurve") {
    const scores = models.flatMap(({ probabilities }) => probabilities);
    const { areas, covariance, reason } = clusteredAreas({ labels, groups: patients, strata: folds }, scores);
    return { values: areas, covariance, reason };
  }
  const right = models.flatMap(({ decisions }) =>
    decisions.map((own) => own.map((decision, row) => (decision === labels[row] ? 1 : 0))),
  );
  const { means, covariance } = clusteredMeans(patients, right);
  return { values: means, covariance, reason: covariance === null ? "There is one patient only." : null };
}
