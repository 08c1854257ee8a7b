import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";
import { logistic } from "./logistic";

/** By what logits are divided to be calibrated. */
export interface FittedTemperature {
  /** The temperature; above 1 where the network is too sure of itself. */
  readonly temperature: number;
  /**
   * Whether the loss would fall on beyond {@link temperatureBounds}. At the lower bound the logits tell the classes apart
   * without error, and ever surer probabilities would do ever better; at the upper bound they tell nothing, or the reverse.
   */
  readonly atBound: boolean;
}

/** The least and the greatest temperature that is fitted. */
export const temperatureBounds = [0.05, 20] as const;

/**
 * Fits the temperature by which logits are divided so that the log loss is least (Guo et al., "On calibration of modern
 * neural networks", ICML 2017). It does not change which of two samples has the higher probability. Fit it to validation
 * samples, and apply it to others.
 *
 * The loss is convex in 1 / temperature: Newton's method finds its least, kept between bounds that halve where it would leave
 * them.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param logits The logit of class 1 of each, finite: with two outputs, that of class 1 minus that of class 0.
 * @returns The temperature, within {@link temperatureBounds}; 1 where all logits are 0, which no temperature changes.
 * @throws {Problem} Where there is one class only, or the lists are not such.
 */
export function fitTemperature(labels: readonly number[], logits: readonly number[]): FittedTemperature {
  checkNumbers("logits", logits);
  checkSameLength("labels", labels.length, "logits", logits.length);
  checkTwoClasses(labels);
  // How far each logit speaks for the true class.
  const margins = logits.map((logit, index) => (labels[index] === 1 ? logit : -logit));
  if (margins.every((margin) => margin === 0)) return { temperature: 1, atBound: false };
  const [least, greatest] = temperatureBounds;
  const slope = (inverse: number) => slopes(margins, inverse).first;
  const atLeast = slope(1 / least) < 0;
  const atGreatest = slope(1 / greatest) > 0;
  const temperature = atLeast ? least : atGreatest ? greatest : 1 / solve(margins, 1 / greatest, 1 / least);
  return { temperature, atBound: atLeast || atGreatest };
}

/**
 * Turns logits into calibrated probabilities.
 *
 * @param logits The logit of class 1 of each sample, finite.
 * @param temperature By what they are divided, above 0.
 * @returns The probability of class 1 of each, 0 to 1.
 * @throws {Problem} Where a logit is not finite, or the temperature is not above 0.
 */
export function applyTemperature(logits: readonly number[], temperature: number): number[] {
  checkNumbers("logits", logits);
  if (!(temperature > 0 && temperature < Infinity)) {
    throw new Problem(
      `The temperature is ${temperature}, expected a number above 0.`,
      "Give what fitTemperature gave.",
    );
  }
  return logits.map((logit) => logistic(logit / temperature));
}

function solve(margins: readonly number[], low: number, high: number): number {
  let inverse = Math.min(high, Math.max(low, 1));
  for (let step = 0; step < 200; step++) {
    const { first, second } = slopes(margins, inverse);
    if (first > 0) high = inverse;
    else low = inverse;
    const newton = inverse - first / second;
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - inverse) <= 1e-14 * inverse) return next;
    inverse = next;
  }
  return inverse;
}

// The first two derivatives of the mean loss by the inverse temperature.
function slopes(margins: readonly number[], inverse: number): { first: number; second: number } {
  let [first, second] = [0, 0];
  for (const margin of margins) {
    const wrong = logistic(-margin * inverse);
    first -= margin * wrong;
    second += margin * margin * wrong * (1 - wrong);
  }
  return { first: first / margins.length, second: second / margins.length };
}
