import { Problem } from "../runtime/problem";
import { checkConfidence } from "./check-numbers";
import { betaQuantile, incompleteBeta } from "./incomplete-beta";

/**
 * Computes the two-sided p-value of Student's t.
 *
 * @param t The statistic; its sign does not matter; infinite ones give 0.
 * @param degreesOfFreedom Above 0.
 * @returns The probability of a t as far from 0, or farther, 0 to 1.
 * @throws {Problem} Where a number is not such.
 */
export function twoSidedStudent(t: number, degreesOfFreedom: number): number {
  checkDegrees(degreesOfFreedom);
  if (Number.isNaN(t)) {
    throw new Problem(
      "A p-value was asked for the statistic NaN, expected a number.",
      "Look at what it was made from.",
    );
  }
  return incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

/**
 * Computes the half-width of intervals by Student's t, in standard errors.
 *
 * @param confidence How often such intervals hold the true value, between 0 and 1.
 * @param degreesOfFreedom Above 0.
 * @returns The quantile of t at (1 + confidence) / 2: 2.776 for 0.95 and 4 degrees.
 * @throws {Problem} Where a number is not such.
 */
export function studentCritical(confidence: number, degreesOfFreedom: number): number {
  checkConfidence(confidence);
  checkDegrees(degreesOfFreedom);
  // t² / (df + t²) follows a beta distribution; its small side is taken, which keeps digits with many degrees of freedom.
  const part = betaQuantile(confidence, 0.5, degreesOfFreedom / 2);
  return Math.sqrt((degreesOfFreedom * part) / (1 - part));
}

function checkDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new Problem(
      `The degrees of freedom are ${degreesOfFreedom}, expected a number above 0.`,
      "Give at least two values.",
    );
  }
}
