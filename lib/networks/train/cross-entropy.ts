import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";

/** A loss and the way back to the logits. */
export interface LossAndGradient {
  /** The mean loss over the batch, `[]`. */
  readonly loss: tf.Scalar;
  /** The gradient of the logits, `[batch, classes]`. */
  readonly gradient: tf.Tensor2D;
}

/**
 * Softmax cross entropy with its gradient, without a tape.
 *
 * @param logits `[batch, classes]`.
 * @param labels The probability of each class, `[batch, classes]`, float32; each row adds up to 1. Smoothed or mixed labels
 *   are allowed.
 * @param weights The weight of each image, `[batch]`, float32, mean 1 for an unchanged scale; default: all 1.
 * @returns Σ weight · loss / batch and its gradient; the caller disposes both.
 * @throws {Problem} Where the shapes differ.
 */
export function crossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  weights: tf.Tensor1D | null = null,
): LossAndGradient {
  const [batch, classes] = logits.shape;
  if (labels.shape.join() !== logits.shape.join() || (weights !== null && weights.shape.join() !== String(batch))) {
    const given = weights === null ? "" : ` and weights of shape [${weights.shape.join(", ")}]`;
    throw new Problem(
      `Labels of shape [${labels.shape.join(", ")}]${given} were given for logits of shape [${logits.shape.join(", ")}].`,
      `Give labels of shape [${batch}, ${classes}], one row an image, and one weight an image if any.`,
    );
  }
  return tf.tidy(() => {
    // log softmax, shifted by the largest logit so that no power overflows.
    const shifted = tf.sub(logits, tf.max(logits, 1, true));
    const logSums = tf.log(tf.sum(tf.exp(shifted), 1, true));
    const logProbabilities: tf.Tensor2D = tf.sub(shifted, logSums);
    const each = tf.neg(tf.sum(tf.mul(labels, logProbabilities), 1));
    const difference: tf.Tensor2D = tf.sub(tf.exp(logProbabilities), labels);
    if (weights === null) return { loss: tf.mean<tf.Scalar>(each), gradient: tf.div<tf.Tensor2D>(difference, batch) };
    const scaled = tf.div(weights, batch);
    return {
      loss: tf.sum<tf.Scalar>(tf.mul(each, scaled)),
      gradient: tf.mul<tf.Tensor2D>(difference, tf.reshape(scaled, [batch, 1])),
    };
  });
}
