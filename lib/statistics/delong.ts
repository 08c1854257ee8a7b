import { logitInterval, pairsInterval } from "./area-interval";
import { ranksOf } from "./area-under-curve";
import { checkConfidence, checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";
import { twoSidedNormal } from "./normal-probability";
import { normalQuantile } from "./normal-quantile";
import { standardDeviation } from "./summary";

/** The area under a ROC curve with its interval. */
export interface DelongInterval {
  /** The area, 0 to 1. */
  readonly areaUnderCurve: number;
  /** DeLong's estimate of the area's variance; null where a class has one sample only. */
  readonly variance: number | null;
  /** The lower end of the interval, from 0. */
  readonly low: number;
  /** The upper end, to 1. */
  readonly high: number;
  /**
   * Which interval it is: `"DeLong"`, on the scale of logits, `"independent pairs"` where DeLong's variance is of no use, or
   * `"constant scores"`, whose area no sample changes.
   */
  readonly method: "DeLong" | "independent pairs" | "constant scores";
  /** What to know about the interval: why it is not DeLong's. Empty where nothing is amiss. */
  readonly notes: readonly string[];
}

/** The areas under two ROC curves of the same samples, and their difference. */
export interface DelongComparison {
  readonly first: number;
  readonly second: number;
  /** First minus second, -1 to 1. */
  readonly difference: number;
  /** The lower end of the difference's interval, from -1; null where the variance is 0 or unknown. */
  readonly low: number | null;
  /** The upper end, to 1; null where the lower is. */
  readonly high: number | null;
  /** The difference in standard errors; null where the variance is 0 or unknown. */
  readonly z: number | null;
  /** The two-sided p-value; 1 where both order the samples alike; null where it cannot be computed. */
  readonly p: number | null;
  /** Why something is null, as sentences; empty where nothing is. */
  readonly notes: readonly string[];
}

/**
 * Computes the area under the ROC curve and DeLong's interval (DeLong, DeLong and Clarke-Pearson, "Comparing the areas under
 * two or more correlated receiver operating characteristic curves", Biometrics 44:837-845, 1988), from mid-ranks (Sun and Xu,
 * "Fast implementation of DeLong's algorithm", IEEE Signal Processing Letters 21:1389-1393, 2014). It takes samples as
 * independent: several images of one patient are not.
 *
 * The interval is symmetric for the logit of the area, not for the area: it stays within 0 to 1, and holds better near 1 (Qin
 * and Hotilovac, Statistical Methods in Medical Research 17:207-221, 2008). pROC's `ci.auc` gives the symmetric one.
 *
 * Where DeLong's variance is 0, with classes told apart without error for example, or unknown, with one sample of a class,
 * it would say that the area is known exactly. There the interval is that of Clopper and Pearson for as many independent pairs
 * as the smaller class has samples: wide, but true. With 20 malignant samples, all above all benign ones: 0.832 to 1. Only
 * where all scores are the same, as those of the more frequent class are, is the area 0.5 for any samples.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param scores A score for each, finite, greater where class 1 is more likely.
 * @param confidence How often such intervals hold the true area, between 0 and 1; default: 0.95.
 * @throws {Problem} Where there is one class only, or the lists or the confidence are not such.
 */
export function delongInterval(
  labels: readonly number[],
  scores: readonly number[],
  confidence = 0.95,
): DelongInterval {
  check(labels, scores, "scores");
  checkConfidence(confidence);
  const placements = placementsOf(labels, scores);
  const areaUnderCurve = areaOf(placements);
  const variance = varianceOf(placements);
  if (scores.every((score) => score === scores[0])) {
    const note = "All scores are the same: the area is 0.5 whatever the samples.";
    return { areaUnderCurve, variance, low: 0.5, high: 0.5, method: "constant scores", notes: [note] };
  }
  if (variance === null || variance === 0) {
    const note =
      variance === null
        ? "A class has one sample only: DeLong's variance is unknown."
        : "The classes are told apart without error: DeLong's variance is 0, which it is not for other samples.";
    const ones = labels.filter((label) => label === 1).length;
    const interval = pairsInterval(areaUnderCurve, Math.min(ones, labels.length - ones), confidence);
    return { areaUnderCurve, variance, ...interval, method: "independent pairs", notes: [note] };
  }
  return {
    areaUnderCurve,
    variance,
    ...logitInterval(areaUnderCurve, variance, confidence),
    method: "DeLong",
    notes: [],
  };
}

/**
 * Compares the areas under the ROC curves of two models on the same samples, by DeLong's test for correlated curves.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param first A score for each from the first model, finite, greater where class 1 is more likely.
 * @param second A score for each from the second, in the same order; it may have another scale.
 * @param confidence How often such intervals hold the true difference, between 0 and 1; default: 0.95.
 * @returns The areas and their difference, with its interval and p-value, not corrected for several comparisons.
 * @throws {Problem} Where there is one class only, or the lists or the confidence are not such.
 */
export function compareDelong(
  labels: readonly number[],
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): DelongComparison {
  check(labels, first, "first scores");
  check(labels, second, "second scores");
  checkConfidence(confidence);
  const [a, b] = [placementsOf(labels, first), placementsOf(labels, second)];
  const areas = { first: areaOf(a), second: areaOf(b) };
  // The variance of the difference, from the differences: the same as from the two variances and the covariance.
  const minus = (one: readonly number[], other: readonly number[]) => one.map((value, index) => value - other[index]!);
  const placements = { ones: minus(a.ones, b.ones), zeros: minus(a.zeros, b.zeros) };
  const difference = areaOf(placements);
  const variance = varianceOf(placements);
  if (placements.ones.every((value) => value === 0) && placements.zeros.every((value) => value === 0)) {
    const note = "Every sample fares alike with both: there is nothing to test.";
    return { ...areas, difference: 0, low: null, high: null, z: null, p: 1, notes: [note] };
  }
  if (variance === null || variance === 0) {
    const note =
      variance === null
        ? "A class has one sample only: the variance is unknown."
        : "Every sample fares differently by the same amount: the variance is 0.";
    return { ...areas, difference, low: null, high: null, z: null, p: null, notes: [note] };
  }
  const z = difference / Math.sqrt(variance);
  const half = normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance);
  const [low, high] = [Math.max(-1, difference - half), Math.min(1, difference + half)];
  return { ...areas, difference, low, high, z, p: twoSidedNormal(z), notes: [] };
}

function check(labels: readonly number[], scores: readonly number[], name: string): void {
  checkNumbers(name, scores);
  checkSameLength("labels", labels.length, name, scores.length);
  checkTwoClasses(labels);
}

/**
 * With how many of the other class each sample is in the right order, ties counted half. Counts and not shares, as halves of
 * whole numbers are exact: equal ones are found to be equal.
 */
interface Placements {
  readonly ones: readonly number[];
  readonly zeros: readonly number[];
}

function placementsOf(labels: readonly number[], scores: readonly number[]): Placements {
  const ranks = ranksOf(scores);
  const rows = (label: number) => labels.flatMap((one, row) => (one === label ? [row] : []));
  const [ones, zeros] = [rows(1), rows(0)];
  const below = (own: readonly number[]) => {
    const among = ranksOf(own.map((row) => scores[row]!));
    return own.map((row, index) => ranks[row]! - among[index]!);
  };
  return { ones: below(ones), zeros: below(zeros).map((count) => ones.length - count) };
}

function areaOf({ ones, zeros }: Placements): number {
  return sumOf(ones) / (ones.length * zeros.length);
}

function varianceOf({ ones, zeros }: Placements): number | null {
  if (ones.length < 2 || zeros.length < 2) return null;
  return scatterOf(ones, zeros.length) + scatterOf(zeros, ones.length);
}

// The variance of the mean of counts / others; exactly 0 for equal counts, where rounding of the mean would leave a trace.
function scatterOf(counts: readonly number[], others: number): number {
  if (counts.every((count) => count === counts[0])) return 0;
  return (standardDeviation(counts, 1) / others) ** 2 / counts.length;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
