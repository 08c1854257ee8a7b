import { Problem } from "../runtime/problem";

/**
 * Computes the net benefit of acting on a test (Vickers and Elkin, "Decision curve analysis", Medical Decision Making 26:565-574,
 * 2006).
 *
 * @param sensitivity 0 to 1.
 * @param specificity 0 to 1.
 * @param prevalence How often the disease is there, 0 to 1.
 * @param threshold The probability from which on a reader would act, from 0 and below 1.
 * @returns Diseased found per person, less those acted on by mistake times the odds of the threshold.
 * @throws {Problem} Where a number is not such.
 */
export function netBenefit(sensitivity: number, specificity: number, prevalence: number, threshold: number): number {
  checkShares({ sensitivity, specificity, prevalence, threshold });
  if (threshold === 1) {
    throw new Problem("The threshold is 1, expected a number below 1.", "No one waits to be wholly sure: give 0.1.");
  }
  return sensitivity * prevalence - ((1 - specificity) * (1 - prevalence) * threshold) / (1 - threshold);
}

/** What a call is worth where a disease is as frequent as stated. */
export interface PredictiveValues {
  /** How often a positive call is right; null where none is made. */
  readonly positive: number | null;
  /** How often a negative call is right; null where none is made. */
  readonly negative: number | null;
}

/**
 * Computes predictive values at a stated prevalence, by Bayes' theorem: those of a set in which a third is malignant hold nowhere
 * else.
 *
 * @param sensitivity 0 to 1.
 * @param specificity 0 to 1.
 * @param prevalence How often the disease is there, 0 to 1.
 * @throws {Problem} Where a number is not such.
 */
export function predictiveValues(sensitivity: number, specificity: number, prevalence: number): PredictiveValues {
  checkShares({ sensitivity, specificity, prevalence });
  const [hits, alarms] = [sensitivity * prevalence, (1 - specificity) * (1 - prevalence)];
  const [misses, rejections] = [(1 - sensitivity) * prevalence, specificity * (1 - prevalence)];
  return {
    positive: hits + alarms > 0 ? hits / (hits + alarms) : null,
    negative: misses + rejections > 0 ? rejections / (misses + rejections) : null,
  };
}

function checkShares(shares: Readonly<Record<string, number>>): void {
  for (const [name, share] of Object.entries(shares)) {
    if (!(share >= 0 && share <= 1)) {
      throw new Problem(`The ${name} is ${share}, expected a number from 0 to 1.`, "Give a share, not per cent.");
    }
  }
}
