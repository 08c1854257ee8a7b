import * as v from "valibot";

import { flag, nullable, number, passed } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import type { BatchStatistics, WeightSource } from "../model/stock-forward";
import type { Plan } from "../run/plan";
import type { LossAndGradient } from "../../kernels/cross-entropy";
import { share } from "../../kernels/direct-tensor";
import { takeFromRun } from "../run/borrowed-tensors";
import { runNetwork, type NetworkRun } from "../run/run-network";
import { crossEntropy } from "./cross-entropy";

const lossOptions = v.strictObject({
  /** The chance of this step's dropout and drop-path; null for none of either. Default: null. */
  dropout: v.optional(nullable(passed<RandomGenerator>("a RandomGenerator")), null),
  /** The weight of each image in the loss, `[batch]`; null for 1. Default: null. */
  imageWeights: v.optional(nullable(passed<tf.Tensor1D>("a tensor")), null),
  /** The weight of the auxiliary head's loss, from 0, with which it has no gradients; published: 0.4. Default: 0.4. */
  auxiliaryWeight: v.optional(number({ from: 0 }), 0.4),
  /** The loss of the auxiliary output and its gradient, in place of the class's by its weight; null: that. Default: null. */
  auxiliaryLoss: v.optional(nullable(passed<(logits: tf.Tensor2D) => LossAndGradient>("a function")), null),
  /** Whether the batch's means and variances are handed over, for moving averages. Default: true. */
  noteStatistics: v.optional(flag(), true),
});

/**
 * How a loss and its gradients are computed.
 *
 * @interface
 */
export type LossOptions = v.InferInput<typeof lossOptions>;

/** The loss of a batch, and all that a step of training needs. The caller disposes every tensor of it. */
export interface LossAndGradients {
  /** The loss of the output plus the weighted one of the auxiliary head, `[]`. */
  readonly loss: tf.Scalar;
  /** The logits, `[batch, classes]`. */
  readonly logits: tf.Tensor2D;
  /** The gradients of the weights that the network uses, by key. */
  readonly gradients: ReadonlyMap<string, tf.Tensor>;
  /** Mean and variance of the batch, by node of a batch normalisation, for moving averages; in any memory, as gradients. */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;
}

/**
 * Computes softmax cross entropy of a batch and the gradients of all weights, by the fastest kernels of this process. Batch
 * normalisations take the batch's statistics.
 *
 * @param images `[batch, height, width, channels]`, float32; they stay the caller's.
 * @param labels The probability of each class, `[batch, classes]`, float32; they stay the caller's.
 * @throws {Problem} Where images or labels have other shapes than the network takes, or the auxiliary weight is below 0.
 */
export function lossAndGradients(
  plan: Plan,
  weights: WeightSource,
  images: tf.Tensor4D,
  labels: tf.Tensor2D,
  options: LossOptions = {},
): LossAndGradients {
  const { dropout, imageWeights, auxiliaryWeight, auxiliaryLoss, noteStatistics } = checkOptions(
    "lossAndGradients",
    lossOptions,
    options,
  );
  const run = runNetwork(plan, weights, images, { statistics: "batch", gradient: true, dropout, noteStatistics });
  try {
    const main = crossEntropy(run.output, labels, imageWeights);
    // An auxiliary head without weight is not trained: a gradient of zeros would let momentum and decay go on with it.
    if (run.auxiliary !== null && auxiliaryLoss !== null) {
      const side = auxiliaryLoss(run.auxiliary);
      const loss = tf.add<tf.Scalar>(main.loss, side.loss);
      const gradients = run.backward(main.gradient, side.gradient);
      tf.dispose([main.loss, main.gradient, side.loss, side.gradient]);
      return { ...keep(run, loss), gradients };
    }
    if (run.auxiliary === null || auxiliaryWeight === 0) {
      const gradients = run.backward(main.gradient);
      main.gradient.dispose();
      return { ...keep(run, main.loss), gradients };
    }
    const side = crossEntropy(run.auxiliary, labels, imageWeights);
    const [loss, sideGradient] = tf.tidy(() => [
      tf.add<tf.Scalar>(main.loss, tf.mul(side.loss, auxiliaryWeight)),
      tf.mul<tf.Tensor2D>(side.gradient, auxiliaryWeight),
    ]);
    const gradients = run.backward(main.gradient, sideGradient);
    tf.dispose([main.loss, main.gradient, side.loss, side.gradient, sideGradient]);
    return { ...keep(run, loss), gradients };
  } finally {
    run.dispose();
  }
}

// Takes loss, logits and statistics out of a run, which is disposed afterwards.
function keep({ output, statistics }: Pick<NetworkRun, "output" | "statistics">, scalar: tf.Scalar) {
  const kept = [...statistics].map(
    ([node, { mean, variance }]) => [node, { mean: share(mean), variance: share(variance) }] as const,
  );
  const [loss, logits] = takeFromRun([scalar, share(output)]) as [tf.Scalar, tf.Tensor2D];
  return { loss, logits, statistics: new Map<string, BatchStatistics>(kept) };
}

/** Releases all that {@link lossAndGradients} gave. */
export function disposeLoss({ loss, logits, gradients, statistics }: LossAndGradients): void {
  loss.dispose();
  logits.dispose();
  // One by one: there are hundreds of them, and TensorFlow.js looks at whatever it is given from all sides.
  for (const gradient of gradients.values()) gradient.dispose();
  for (const { mean, variance } of statistics.values()) {
    mean.dispose();
    variance.dispose();
  }
}
