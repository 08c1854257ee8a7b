import { Problem } from "../runtime/problem";
import { checkConfidence } from "./check-numbers";
import { betaQuantile, incompleteBeta } from "./incomplete-beta";
import { twoSidedNormal } from "./normal-probability";
import { normalQuantile } from "./normal-quantile";

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

/**
 * Computes the half-width of intervals, in standard errors, by Student's t or by the normal distribution.
 *
 * @param confidence How often such intervals hold the true value, between 0 and 1.
 * @param degreesOfFreedom Above 0; null: the standard error is known so well that the normal distribution serves.
 * @returns 2.776 for 0.95 and 4 degrees, 1.960 for 0.95 and null.
 * @throws {Problem} Where a number is not such.
 */
export function criticalValue(confidence: number, degreesOfFreedom: number | null): number {
  return degreesOfFreedom === null
    ? normalQuantile(0.5 + confidence / 2)
    : studentCritical(confidence, degreesOfFreedom);
}

/**
 * Computes the two-sided p-value of a statistic, by Student's t or by the normal distribution.
 *
 * @param z The statistic; its sign does not matter.
 * @param degreesOfFreedom Above 0; null: its standard error is known so well that the normal distribution serves.
 * @returns The probability of one as far from 0, or farther, 0 to 1.
 * @throws {Problem} Where a number is not such.
 */
export function twoSidedP(z: number, degreesOfFreedom: number | null): number {
  return degreesOfFreedom === null ? twoSidedNormal(z) : twoSidedStudent(z, degreesOfFreedom);
}

function checkDegrees(degreesOfFreedom: number): void {
  if (!(degreesOfFreedom > 0 && degreesOfFreedom < Infinity)) {
    throw new Problem(
      `The degrees of freedom are ${degreesOfFreedom}, expected a number above 0.`,
      "Give at least two values.",
    );
  }
}
