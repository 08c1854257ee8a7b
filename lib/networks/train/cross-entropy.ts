import { softmaxCrossEntropy, type LossAndGradient } from "../../kernels/cross-entropy";
import { Problem } from "../../runtime/problem";
import { tf } from "../../runtime/tensorflow";

/**
 * Softmax cross entropy with its gradient.
 *
 * @param logits `[batch, classes]`.
 * @param labels The probability of each class, `[batch, classes]`; each row adds up to 1. Smoothed or mixed labels
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
  if (labels.dtype === "float32") return softmaxCrossEntropy(logits, labels, weights);
  const numbers: tf.Tensor2D = tf.cast(labels, "float32");
  const result = softmaxCrossEntropy(logits, numbers, weights);
  numbers.dispose();
  return result;
}
