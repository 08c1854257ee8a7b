import { checkProbabilities, checkSameLength, checkTwoClasses } from "./check-numbers";
import { fitLogisticModel, type Coefficient } from "./logistic-model";

/** How probabilities would have to be changed to be right on the average. */
export interface CalibrationLine {
  /** Of the true logit on the given one: 1 is right, below 1 the probabilities are too extreme. Null where it is not defined. */
  readonly slope: Coefficient | null;
  /** By how much the true logits lie above the given ones, at a slope of 1 ("calibration in the large"); 0 is right. */
  readonly intercept: Coefficient | null;
  /** Why one is null, as a sentence; null where none is. */
  readonly reason: string | null;
}

/** A probability of exactly 0 or 1 has no finite logit: it is taken for the nearest one that has. */
const nearest = Number.EPSILON;

/**
 * Fits the calibration slope and intercept (Cox, "Two further applications of a model for binary regression", Biometrika 45:562-565,
 * 1958; Van Calster and others, "Calibration: the Achilles heel of predictive analytics", BMC Medicine 17:230, 2019). Their standard
 * errors take samples as independent.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @throws {Problem} Where there is one class only, or the lists are not such.
 */
export function calibrationLine(labels: readonly number[], probabilities: readonly number[]): CalibrationLine {
  checkProbabilities("probabilities", probabilities);
  checkSameLength("labels", labels.length, "probabilities", probabilities.length);
  checkTwoClasses(labels);
  const logits = probabilities.map(logitOf);
  const intercept = fitLogisticModel({ labels, columns: [], offset: logits })?.intercept ?? null;
  if (logits.every((logit) => logit === logits[0])) {
    return { slope: null, intercept, reason: "All probabilities are the same: a slope is not defined." };
  }
  const slope = fitLogisticModel({ labels, columns: [logits] })?.coefficients[0] ?? null;
  const reason = slope === null ? "The classes are told apart without error: no slope fits best." : null;
  return { slope, intercept, reason };
}

/**
 * Computes the logit of a probability.
 *
 * @param probability The probability, 0 to 1; 0 and 1 are taken for the nearest numbers within.
 */
export function logitOf(probability: number): number {
  const within = Math.min(1 - nearest, Math.max(nearest, probability));
  return Math.log(within) - Math.log1p(-within);
}
