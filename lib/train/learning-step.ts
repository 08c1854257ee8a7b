import type { BatchStatistics } from "../networks/model/stock-forward";
import type { LossAndGradient } from "../kernels/cross-entropy";
import type { Plan } from "../networks/run/plan";
import { disposeLoss, lossAndGradients } from "../networks/train/loss-and-gradients";
import type { WeightBank } from "../networks/weights/weight-bank";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import type { Optimiser } from "./optimiser";
import { differencesOf } from "./predict";

/** What a step gave. */
export interface StepResult {
  /** Mean loss of the batch, in nats. */
  readonly loss: number;
  /** Images of the batch whose class was right. */
  readonly right: number;
  readonly images: number;
  /** The norm of the gradients, before it was bounded. */
  readonly norm: number;
  readonly rate: number;
}

/** A batch to learn from. */
export interface StepBatch {
  /** The images, `[batch, height, width, channels]`. float32. */
  readonly images: tf.Tensor4D;
  /** Their classes, `[batch]`: 0 or 1. */
  readonly classes: ArrayLike<number>;
  /** What is to be learned: the probability of each class, `[batch, 2]`, row by row. */
  readonly targets: Float32Array;
  /** How much each image counts, `[batch]`; null: all alike. */
  readonly weights: Float32Array | null;
}

/** How a step is made. */
export interface StepOptions {
  readonly optimiser: Optimiser;
  readonly rate: number;
  readonly dropout: RandomGenerator;
  readonly auxiliaryWeight: number;
  /** The loss of the auxiliary output and its gradient; null: that of the class, by its weight. */
  readonly auxiliaryLoss?: ((logits: tf.Tensor2D) => LossAndGradient) | null;
  /** Takes the batch's means and variances, by node of a batch normalisation, after the step; null: nobody does. */
  readonly onStatistics: ((statistics: ReadonlyMap<string, BatchStatistics>) => void) | null;
  /** Whose weights they are, for messages: "ResNet-18". */
  readonly name: string;
  /** Which step it is, from 0, counted over all epochs, and how many an epoch has: for messages. */
  readonly place: { readonly step: number; readonly stepsPerEpoch: number };
  /** What may be at fault where numbers get out of hand, for messages: "on image-1, image-2". */
  readonly cause: string;
}

/**
 * Makes one step: loss and gradients of a batch, and the weights changed by them.
 *
 * @param weights Its weights; they are changed in place.
 * @param batch The batch; its images stay the caller's.
 * @throws {Problem} Where the loss is no number any more, the weights being then as before, or the gradients are too large for
 *   numbers.
 */
export function learnFromBatch(plan: Plan, weights: WeightBank, batch: StepBatch, options: StepOptions): StepResult {
  const { classes, targets } = batch;
  const { optimiser, rate, dropout, auxiliaryWeight, auxiliaryLoss = null, onStatistics } = options;
  const labels = tf.tensor2d(targets, [classes.length, 2], "float32");
  const imageWeights = batch.weights === null ? null : tf.tensor1d(batch.weights, "float32");
  const result = lossAndGradients(plan, weights.of, batch.images, labels, {
    ...{ dropout, imageWeights, auxiliaryWeight, auxiliaryLoss },
    noteStatistics: onStatistics !== null,
  });
  try {
    const [loss] = result.loss.dataSync();
    requireNumber("loss", loss!, options);
    const norm = optimiser.step(result.gradients, rate);
    requireNumber("norm of the gradients", norm, options);
    onStatistics?.(result.statistics);
    const differences = differencesOf(result.logits.dataSync() as Float32Array);
    const right = differences.filter((difference, image) => (difference > 0 ? 1 : 0) === classes[image]).length;
    return { loss: loss!, right, images: classes.length, norm, rate };
  } finally {
    disposeLoss(result);
    tf.dispose(imageWeights === null ? labels : [labels, imageWeights]);
  }
}

/**
 * Makes sure that a step's loss, or the norm of its gradients, is a number.
 *
 * @throws {Diverged} Where it is none; the message says in which step, and what to do.
 */
export function requireNumber(
  what: "loss" | "norm of the gradients",
  value: number,
  { name, rate, place: { step, stepsPerEpoch }, cause }: Pick<StepOptions, "name" | "rate" | "place" | "cause">,
): void {
  if (Number.isFinite(value)) return;
  const [epoch, number] = [Math.floor(step / stepsPerEpoch) + 1, (step % stepsPerEpoch) + 1];
  throw new Diverged(
    `The ${what} of ${name} became ${value} in epoch ${epoch}, step ${number}, at a learning rate of ${rate.toPrecision(3)}, ${cause}.`,
    "Choose a lower rate or a lower bound of the gradients, or look at these images; the last checkpoint is good.",
  );
}

/** A training whose numbers are none any more: its network cannot be trained so. */
export class Diverged extends Problem {}

/**
 * Makes sure that no image is both learned from and judged by.
 *
 * @throws {Problem} Where an image stands in both.
 */
export function requireDisjoint(
  train: readonly string[],
  others: readonly string[],
  part: "validation" | "search-validation",
  fix: string,
): void {
  const learned = new Set(train);
  const both = others.filter((id) => learned.has(id));
  if (both.length === 0) return;
  const count = both.length === 1 ? "1 image stands" : `${both.length} images stand`;
  throw new Problem(`${count} among the training and the ${part} images: ${both.slice(0, 3).join(", ")}.`, fix);
}

/** Says which images may be at fault, for messages: "on image-1, image-2, image-3 and others". */
export function causeOf(ids: readonly string[]): string {
  return `on ${ids.slice(0, 3).join(", ")}${ids.length > 3 ? " and others" : ""}`;
}
