import type { WeightSource } from "../networks/model/stock-forward";
import type { Plan } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { tf } from "../runtime/tensorflow";

/**
 * Computes of each pixel the logit of being lesion, by moving statistics.
 *
 * @param images Normalised images, `[batch, height, width, 1]`; they stay the caller's.
 * @param flips Whether logits are averaged over each image and its mirror image, left to right.
 * @returns `[batch, height, width, 1]`; the caller disposes it.
 */
export function logitsOfImages(plan: Plan, weights: WeightSource, images: tf.Tensor4D, flips: boolean): tf.Tensor4D {
  const forward = (given: tf.Tensor4D) => {
    const run = runNetwork<tf.Tensor4D>(plan, weights, given, { noteStatistics: false });
    const output = tf.clone(run.output);
    run.dispose();
    return output;
  };
  if (!flips) return forward(images);
  return tf.tidy(() => {
    const mirrored = tf.reverse(forward(tf.reverse(images, 2)), 2);
    return tf.mul<tf.Tensor4D>(tf.add(forward(images), mirrored), 0.5);
  });
}
