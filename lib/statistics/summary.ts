import { Problem } from "../runtime/problem";
import { checkConfidence, checkNumbers, checkPairs } from "./check-numbers";
import { normalQuantile } from "./normal-quantile";

/**
 * Computes the mean.
 *
 * @param values Finite numbers, at least one.
 * @throws {Problem} Where there are none, or one is not finite.
 */
export function mean(values: readonly number[]): number {
  checkNumbers("values", values);
  return sumOf(values) / values.length;
}

/**
 * Computes the standard deviation.
 *
 * @param values Finite numbers, more than `ddof`.
 * @param ddof What is taken from their number before the sum of squares is divided by it ("delta degrees of freedom"): 0 for
 *   the deviation of just these numbers, as NumPy does by default; 1 for an estimate of the population's, from a sample of it.
 *   There is no default: results must say which they mean.
 * @throws {Problem} Where there are too few, or one is not finite.
 */
export function standardDeviation(values: readonly number[], ddof: 0 | 1): number {
  checkNumbers("values", values, ddof + 1);
  const centre = mean(values);
  return Math.sqrt(sumOf(values.map((value) => (value - centre) ** 2)) / (values.length - ddof));
}

/**
 * Computes the median: half of the values lie below.
 *
 * @param values Finite numbers in any order, at least one.
 * @returns The middle one, or the mean of the middle two.
 * @throws {Problem} Where there are none, or one is not finite.
 */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * Computes a quantile, linearly between the two values next to it: type 7 of Hyndman and Fan ("Sample quantiles in
 * statistical packages", The American Statistician 50:361-365, 1996), the default of NumPy and R.
 *
 * @param values Finite numbers in any order, at least one.
 * @param share The share of the values below it, 0 (the least) to 1 (the greatest).
 * @throws {Problem} Where there are no values, one is not finite, or the share is not within 0 to 1.
 */
export function quantile(values: readonly number[], share: number): number {
  checkNumbers("values", values);
  if (!(share >= 0 && share <= 1)) {
    throw new Problem(
      `A quantile was asked for at ${share}, expected a share from 0 to 1.`,
      "Give 0.5 for the median.",
    );
  }
  const ordered = [...values].sort((a, b) => a - b);
  const place = share * (ordered.length - 1);
  const [lower, upper] = [ordered[Math.floor(place)]!, ordered[Math.ceil(place)]!];
  return lower + (upper - lower) * (place - Math.floor(place));
}

/** A range with its two ends. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Computes Wilson's score interval for a share, such as an accuracy. Unlike the normal interval it stays within 0 to 1 and
 * holds for few trials and shares near 0 or 1 (Wilson, "Probable inference, the law of succession, and statistical
 * inference", Journal of the American Statistical Association 22:209-212, 1927). It takes the trials as independent: several
 * images of one patient are not.
 *
 * @param successes How many succeeded, a whole number.
 * @param trials Of how many, a whole number from 1.
 * @param confidence How often such intervals hold the true share, between 0 and 1; default: 0.95.
 * @throws {Problem} Where the counts or the confidence cannot be such.
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): Interval {
  const counts = Number.isInteger(successes) && Number.isInteger(trials) && successes >= 0 && successes <= trials;
  if (!counts || trials < 1) {
    throw new Problem(
      `An interval was asked for ${successes} of ${trials}, expected whole numbers, the first from 0 to the second.`,
      "Give how many were right, and of how many.",
    );
  }
  checkConfidence(confidence);
  const z = normalQuantile(0.5 + confidence / 2);
  const share = successes / trials;
  const centre = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half =
    (z / (1 + (z * z) / trials)) * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  // With none or all, an end is exactly 0 or 1, which rounding would miss.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * Computes Pearson's correlation.
 *
 * @param first Finite numbers, at least two, not all equal.
 * @param second As many, not all equal.
 * @returns The correlation, -1 to 1.
 * @throws {Problem} Where the lists differ in length, are too short, hold what is not finite, or are constant.
 */
export function pearsonCorrelation(first: readonly number[], second: readonly number[]): number {
  checkPairs(first, second);
  const [a, b] = [deviations(first), deviations(second)];
  const product = sumOf(a.map((value, index) => value * b[index]!));
  return Math.min(1, Math.max(-1, product / Math.sqrt(squares(a) * squares(b))));
}

function deviations(values: readonly number[]): number[] {
  const centre = mean(values);
  return values.map((value) => value - centre);
}

function squares(values: readonly number[]): number {
  return sumOf(values.map((value) => value * value));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
