import { Problem } from "../runtime/problem";
import { checkConfidence, checkCounts, checkNumbers } from "./check-numbers";
import { logGamma } from "./incomplete-beta";
import { mean, standardDeviation, wilsonInterval, type Interval } from "./summary";

/** How large a mean paired difference is, in standard deviations of the differences. */
export interface PairedEffectSize {
  /** Cohen's d of paired differences (d_z): mean by standard deviation; null where all differences are equal and not 0. */
  readonly cohensD: number | null;
  /** The same with Hedges' correction, as d comes out too large with few pairs; null also for two pairs. */
  readonly hedgesG: number | null;
  /** Why one is null, as a sentence; null where none is. */
  readonly reason: string | null;
}

/**
 * Computes the effect size of paired differences (Cohen, Statistical Power Analysis for the Behavioral Sciences, 1988) with
 * Hedges' exact correction ("Distribution theory for Glass's estimator of effect size and related estimators", Journal of
 * Educational Statistics 6:107-128, 1981).
 *
 * @param differences First minus second of each pair; at least two.
 * @returns The effect size; 0 where all differences are 0.
 * @throws {Problem} Where there are fewer than two, or one is not finite.
 */
export function pairedEffectSize(differences: readonly number[]): PairedEffectSize {
  checkNumbers("differences", differences, 2);
  if (differences.every((difference) => difference === differences[0])) {
    return differences[0] === 0
      ? { cohensD: 0, hedgesG: 0, reason: null }
      : { cohensD: null, hedgesG: null, reason: `All differences are ${differences[0]}: their deviation is 0.` };
  }
  const cohensD = mean(differences) / standardDeviation(differences, 1);
  if (differences.length === 2) {
    return { cohensD, hedgesG: null, reason: "Hedges' correction is not defined for two pairs." };
  }
  return { cohensD, hedgesG: cohensD * hedgesCorrection(differences.length - 1), reason: null };
}

/** How often two models are right about the same samples. */
export interface PairedCounts {
  /** How many samples both are right about. */
  readonly both: number;
  /** How many only the first is right about. */
  readonly onlyFirst: number;
  /** How many only the second is right about. */
  readonly onlySecond: number;
  /** How many neither is right about. */
  readonly neither: number;
}

/** The difference of two shares of the same samples. */
export interface PairedDifference extends Interval {
  /** The first share minus the second, -1 to 1. */
  readonly difference: number;
}

/**
 * Computes the difference of two accuracies on the same samples, with Newcombe's interval from Wilson's intervals of both and
 * their correlation (method 10 in "Improved confidence intervals for the difference between binomial proportions based on
 * paired data", Statistics in Medicine 17:2635-2650, 1998). It has a width also where the two never disagree, which Wald's has
 * not.
 *
 * @param counts How often both, one or neither is right; together at least 1.
 * @param confidence How often such intervals hold the true difference, between 0 and 1; default: 0.95.
 * @returns The difference and its interval, within -1 to 1.
 * @throws {Problem} Where the counts or the confidence are not such.
 */
export function pairedProportionDifference(counts: PairedCounts, confidence = 0.95): PairedDifference {
  const { both, onlyFirst, onlySecond, neither } = counts;
  checkCounts({ both, onlyFirst, onlySecond, neither });
  checkConfidence(confidence);
  const total = both + onlyFirst + onlySecond + neither;
  if (total === 0) throw new Problem("All four counts are 0: there are no samples.", "Compare on at least one sample.");
  const [first, second] = [(both + onlyFirst) / total, (both + onlySecond) / total];
  const a = wilsonInterval(both + onlyFirst, total, confidence);
  const b = wilsonInterval(both + onlySecond, total, confidence);
  const correlation = correlationOf(counts, total);
  const reach = (one: number, other: number) =>
    Math.sqrt(Math.max(0, one * one - 2 * correlation * one * other + other * other));
  const difference = (onlyFirst - onlySecond) / total;
  return {
    difference,
    low: Math.max(-1, difference - reach(first - a.low, b.high - second)),
    high: Math.min(1, difference + reach(second - b.low, a.high - first)),
  };
}

// The phi coefficient, drawn towards 0 where it is above, as Newcombe found best.
function correlationOf({ both, onlyFirst, onlySecond, neither }: PairedCounts, total: number): number {
  const scale =
    Math.sqrt((both + onlyFirst) * (both + onlySecond)) * Math.sqrt((onlySecond + neither) * (onlyFirst + neither));
  if (scale === 0) return 0;
  const product = both * neither - onlyFirst * onlySecond;
  return (product > 0 ? Math.max(0, product - total / 2) : product) / scale;
}

function hedgesCorrection(degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  return Math.exp(logGamma(half) - logGamma(half - 0.5)) / Math.sqrt(half);
}
