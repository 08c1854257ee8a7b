import { ownKernels } from "../../kernels/choose-kernels";
import { isDirect, borrow, take } from "../../kernels/direct-tensor";
import { borrowVariables, borrowedVariable } from "../../kernels/borrowed-variables";
import { tf } from "../../runtime/tensorflow";
import type { WeightSource } from "../model/stock-forward";
import type { Plan } from "./plan";

/** Images and weights where the kernels of a run read them. */
export interface BorrowedTensors {
  /** The images, `[batch, height, width, channels]`; the run disposes them. */
  readonly images: tf.Tensor4D;
  readonly weights: WeightSource;

  release(): void;
}

/**
 * Borrows the images and weights of a run for our own kernels all at once, so that its steps pass nothing through TensorFlow;
 * with TensorFlow's kernels they are taken as they are.
 *
 * @param images The images; they stay the caller's.
 * @param moving Whether moving means and variances are read, too.
 * @returns Images and weights; the caller releases them when the run has ended.
 */
export function borrowForRun(plan: Plan, weights: WeightSource, images: tf.Tensor4D, moving: boolean): BorrowedTensors {
  if (!ownKernels()) return { images: tf.clone(images), weights, release: () => undefined };
  const read = plan.weights.filter(({ trainable }) => trainable || moving).map(({ node, name }) => weights(node, name));
  borrowVariables(read);
  const others = read.filter((weight) => borrowedVariable(weight) === null);
  // A clone, so that the caller may dispose the images before the backward pass.
  const clone = tf.keep(tf.clone(images));
  const tensors = borrow([clone, ...others], { given: clone });
  const borrowed = new Map(others.map((weight, index) => [weight, tensors[index + 1]!]));
  return {
    images: tensors[0] as tf.Tensor as tf.Tensor4D,
    weights(node, name) {
      const weight = weights(node, name);
      return borrowedVariable(weight) ?? borrowed.get(weight) ?? weight;
    },
    release() {
      tf.dispose(tensors);
    },
  };
}

/**
 * Makes what a run gives TensorFlow's, all at once.
 *
 * @param tensors What it gives; those in memory of our own kernels are disposed.
 * @returns As many tensors of TensorFlow's; the caller disposes them.
 */
export function takeFromRun(tensors: readonly tf.Tensor[]): tf.Tensor[] {
  const direct = tensors.filter(isDirect);
  const taken = take(direct);
  for (const tensor of direct) tensor.dispose();
  let next = 0;
  return tensors.map((tensor) => (isDirect(tensor) ? taken[next++]! : tensor));
}
