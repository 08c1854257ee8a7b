import { Problem } from "../runtime/problem";

/** A prediction and the truth. */
export interface LabelledPrediction {
  readonly id: string;
  /** The truth: 0 benign, 1 malignant. */
  readonly label: number;
  /** The predicted probability of malignancy, 0 to 1. */
  readonly probability: number;
}

/** A prediction with what it costs. */
export interface WorstPrediction extends LabelledPrediction {
  /** The cross-entropy: minus the natural logarithm of the probability of the truth, from 0; Infinity where that is 0. */
  readonly loss: number;
  /** "truth benign · P(malignant) 0.97 · loss 3.51", in which every probability says of which class it is. */
  readonly caption: string;
}

/**
 * Finds the predictions that were furthest from the truth.
 *
 * @param count How many, from 1; default: 9.
 * @returns The worst first, by their loss, and by name where that is equal; fewer where there are fewer.
 * @throws {Problem} Where a prediction is none, or the count is not a whole number from 1.
 */
export function worstPredictions(predictions: readonly LabelledPrediction[], count = 9): WorstPrediction[] {
  if (!Number.isInteger(count) || count < 1) {
    throw new Problem(`The ${count} worst predictions were asked for.`, "Give a whole number from 1.");
  }
  return predictions
    .map(({ id, label, probability }) => {
      if ((label !== 0 && label !== 1) || !(probability >= 0 && probability <= 1)) {
        throw new Problem(
          `The prediction of "${id}" has the label ${label} and the probability ${probability}, expected 0 or 1 and 0 to 1.`,
          "Give predictions of two classes, and the probability of malignancy.",
        );
      }
      // Zero is not turned into minus zero.
      const loss = 0 - Math.log(label === 1 ? probability : 1 - probability);
      const caption = `truth ${label === 1 ? "malignant" : "benign"} · P(malignant) ${tell(probability)} · loss ${tell(loss)}`;
      return { id, label, probability, loss, caption };
    })
    .sort((one, other) => (one.loss === other.loss ? (one.id < other.id ? -1 : 1) : other.loss - one.loss))
    .slice(0, count);
}

// Two digits behind the point; what would then be nothing keeps what it is, "0.0012".
function tell(value: number): string {
  if (!Number.isFinite(value)) return "infinite";
  return value < 0.005 ? String(Number(value.toPrecision(2))) : value.toFixed(2);
}
