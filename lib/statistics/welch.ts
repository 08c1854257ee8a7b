import { checkConfidence, checkNumbers } from "./check-numbers";
import { studentCritical, twoSidedStudent } from "./student";
import { mean, standardDeviation } from "./summary";

/** The difference of two means of independent lists. */
export interface WelchDifference {
  /** The mean of the first less that of the second. */
  readonly difference: number;
  /** The standard error of the difference; null where it is unknown. */
  readonly standardError: number | null;
  /** By Welch and Satterthwaite; null where they are unknown. */
  readonly degreesOfFreedom: number | null;
  /** The lower end of the interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null where there is none. */
  readonly high: number | null;
  /** The two-sided p-value; null where there is none. */
  readonly p: number | null;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/**
 * Compares the means of two independent lists whose spreads may differ (Welch, "The generalization of 'Student's' problem when
 * several different population variances are involved", Biometrika 34:28-35, 1947). With few values it holds where a bootstrap's
 * percentiles do not: of 4 values against 8 they cover the true difference 87 times of 100, in place of 95.
 *
 * @param first Finite numbers, at least one; with one alone there is no interval.
 * @param second The same.
 * @param confidence How often such intervals hold the true difference, between 0 and 1; default: 0.95.
 * @throws {Problem} Where a list is empty, a number is not finite, or the confidence is not such.
 */
export function welchDifference(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): WelchDifference {
  checkNumbers("values in the first list", first);
  checkNumbers("values in the second list", second);
  checkConfidence(confidence);
  const difference = mean(first) - mean(second);
  const none = { difference, standardError: null, degreesOfFreedom: null, low: null, high: null, p: null };
  if (first.length < 2 || second.length < 2) {
    const which = first.length < 2 ? "first" : "second";
    return { ...none, reason: `The ${which} list has one value only: how far its values differ is unknown.` };
  }
  const [a, b] = [first, second].map((values) => standardDeviation(values, 1) ** 2 / values.length) as [number, number];
  if (a + b <= 1e-24 * Math.max(mean(first) ** 2, mean(second) ** 2)) {
    return { ...none, reason: "All values of each list are equal: how far values differ is unknown." };
  }
  const standardError = Math.sqrt(a + b);
  const degreesOfFreedom = (a + b) ** 2 / (a ** 2 / (first.length - 1) + b ** 2 / (second.length - 1));
  const half = studentCritical(confidence, degreesOfFreedom) * standardError;
  return {
    difference,
    standardError,
    degreesOfFreedom,
    low: difference - half,
    high: difference + half,
    p: twoSidedStudent(difference / standardError, degreesOfFreedom),
    reason: null,
  };
}
