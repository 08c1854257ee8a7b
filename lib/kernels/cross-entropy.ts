import { tf } from "../runtime/tensorflow";
import { flag } from "./attributes";
import { callKernel } from "./call";
import { ownKernels } from "./choose-kernels";
import { nothing } from "./tensorflow-call";

/** A loss and the backward pass to the logits. */
export interface LossAndGradient {
  /** The mean loss over the batch, `[]`. */
  readonly loss: tf.Scalar;
  /** The gradient of the logits, `[batch, classes]`. */
  readonly gradient: tf.Tensor2D;
}

/**
 * Softmax cross entropy with its gradient.
 *
 * @param logits `[batch, classes]`.
 * @param labels The probability of each class, `[batch, classes]`, float32; each row adds up to 1.
 * @param weights The weight of each image, `[batch]`, float32; null: 1.
 * @returns Σ weight · loss / batch and its gradient; the caller disposes both.
 */
export function softmaxCrossEntropy(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  weights: tf.Tensor1D | null,
): LossAndGradient {
  if (ownKernels()) {
    const attributes = [flag("weighted", weights !== null)];
    const [loss, gradient] = callKernel(
      "SonoNasCrossEntropy",
      attributes,
      [logits, labels, weights ?? nothing()],
      [[], logits.shape],
    );
    return { loss, gradient } as LossAndGradient;
  }
  const [batch] = logits.shape;
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
