import { checkLabels, checkProbabilities, checkSameLength } from "./check-numbers";
import { mean } from "./summary";

/**
 * Computes the Brier score: the mean squared difference of probability and label (Brier, "Verification of forecasts
 * expressed in terms of probability", Monthly Weather Review 78:1-3, 1950).
 *
 * @param labels 0 or 1 for each sample; one class may be absent.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @returns The score, 0 to 1; 0 is best, and always saying 0.5 gives 0.25.
 * @throws {Problem} Where the lists are not such.
 */
export function brierScore(labels: readonly number[], probabilities: readonly number[]): number {
  check(labels, probabilities);
  return mean(probabilities.map((probability, index) => (probability - labels[index]!) ** 2));
}

/**
 * Computes the log loss, in nats: the mean of minus the logarithm of the probability given to the true class. As in
 * scikit-learn, probabilities are first moved to 2⁻⁵² from 0 and 1, so that a sure mistake costs 36.04 and not infinitely much.
 *
 * @param labels 0 or 1 for each sample; one class may be absent.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @returns The loss, from 0, which is best; always saying 0.5 gives ln 2.
 * @throws {Problem} Where the lists are not such.
 */
export function logLoss(labels: readonly number[], probabilities: readonly number[]): number {
  check(labels, probabilities);
  return mean(
    probabilities.map((probability, index) => {
      const inside = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
      return labels[index] === 1 ? -Math.log(inside) : -Math.log1p(-inside);
    }),
  );
}

function check(labels: readonly number[], probabilities: readonly number[]): void {
  checkProbabilities("probabilities", probabilities);
  checkSameLength("labels", labels.length, "probabilities", probabilities.length);
  checkLabels(labels);
}
