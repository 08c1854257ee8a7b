import * as v from "valibot";

import { createBatches } from "../data/batches/batches";
import type { Normalisation } from "../data/prepare/normalise";
import type { Prepared } from "../data/prepare/prepared";
import type { WeightSource } from "../networks/model/stock-forward";
import type { Plan } from "../networks/run/plan";
import { runNetwork } from "../networks/run/run-network";
import { flag, oneOf, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { tf } from "../runtime/tensorflow";

const predictSchema = v.strictObject({
  /** Images in a batch, from 1; with moving statistics it does not change the results. Default: 64. */
  batchSize: v.optional(wholeNumber({ from: 1 }), 64),
  /** Whether logits are averaged over each image and its mirror image, left to right; default: false. */
  flips: v.optional(flag(), false),
  /** Whose statistics batch normalisations take; `batch` for weights that a search shares. Default: "moving". */
  statistics: v.optional(oneOf(["moving", "batch"]), "moving"),
});

/**
 * How images are predicted.
 *
 * @interface
 */
export type PredictOptions = v.InferInput<typeof predictSchema>;

/** What a network says of some images. */
export interface Logits {
  readonly ids: readonly string[];
  /** Their classes, `[images]`: 0 benign, 1 malignant. */
  readonly labels: Int32Array;
  /** The logits, `[images, 2]`, row by row. */
  readonly values: Float32Array;
}

/**
 * Computes a network's logits.
 *
 * @param ids The names of those that are predicted, each once.
 * @param normalisation By what they are normalised; null: not at all.
 * @returns The logits, in the order of the names.
 * @throws {Problem} Where there is no image, or one is missing or of another size than the network takes.
 */
export function predictLogits(
  plan: Plan,
  weights: WeightSource,
  prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">,
  ids: readonly string[],
  normalisation: Normalisation | null,
  options: PredictOptions = {},
): Logits {
  const { statistics, ...others } = checkOptions("predictLogits", predictSchema, options);
  const forward = (images: tf.Tensor4D) => {
    const run = runNetwork(plan, weights, images, { statistics, noteStatistics: false });
    const output = tf.clone(run.output);
    run.dispose();
    return output;
  };
  return logitsBy(forward, { prepared, ids, normalisation, ...others });
}

/** Images, and how they are given to what predicts them. */
interface Asked {
  readonly prepared: Pick<Prepared, "ids" | "labels" | "pixels" | "size" | "channels">;
  readonly ids: readonly string[];
  readonly normalisation: Normalisation | null;
  readonly batchSize: number;
  readonly flips: boolean;
}

/**
 * Computes logits by whatever makes logits of images.
 *
 * @param forward Makes logits, `[batch, 2]`, which become the caller's, of images, which stay it.
 * @returns The logits, in the order of the names.
 */
export function logitsBy(
  forward: (images: tf.Tensor4D) => tf.Tensor2D,
  { prepared, ids, normalisation, batchSize, flips }: Asked,
): Logits {
  const batches = createBatches({ prepared, ids, batchSize, normalisation });
  const parts: Float32Array[] = [];
  const labels: number[] = [];
  for (const { images, labels: classes } of batches.epoch(0)) {
    const logits = flips
      ? tf.tidy(() => tf.mul<tf.Tensor2D>(tf.add(forward(images), forward(tf.reverse(images, 2))), 0.5))
      : forward(images);
    parts.push(Float32Array.from(logits.dataSync()));
    labels.push(...classes.dataSync());
    tf.dispose([images, classes, logits]);
  }
  return {
    ids: [...ids],
    labels: Int32Array.from(labels),
    values: Float32Array.from(parts.flatMap((part) => [...part])),
  };
}

/**
 * Turns logits into probabilities of class 1.
 *
 * @param values The logits, `[images, 2]`, row by row.
 * @returns One probability an image, 0 to 1.
 */
export function probabilitiesOf(values: Float32Array): number[] {
  return differencesOf(values).map((difference) => 1 / (1 + Math.exp(-difference)));
}

/**
 * Takes the logit of class 0 from that of class 1: the logit of the probability of class 1.
 *
 * @param values The logits, `[images, 2]`, row by row.
 * @returns One number an image.
 */
export function differencesOf(values: Float32Array): number[] {
  return Array.from({ length: values.length / 2 }, (_, image) => values[2 * image + 1]! - values[2 * image]!);
}

/** How good logits are. */
export interface Score {
  /** Mean cross entropy, in nats. */
  readonly loss: number;
  /** The share of right classes, the larger logit being the class. */
  readonly accuracy: number;
}

/** Scores logits against the classes. */
export function scoreLogits({ values, labels }: Pick<Logits, "values" | "labels">): Score {
  const differences = differencesOf(values);
  let [loss, right] = [0, 0];
  differences.forEach((difference, image) => {
    const towards = labels[image] === 1 ? difference : -difference;
    // log(1 + e^-t) without overflow.
    loss += towards > 0 ? Math.log1p(Math.exp(-towards)) : -towards + Math.log1p(Math.exp(towards));
    if (labels[image] === 1 ? difference > 0 : difference <= 0) right += 1;
  });
  return { loss: loss / differences.length, accuracy: right / differences.length };
}
