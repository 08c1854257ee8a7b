import * as v from "valibot";

import { createBatches } from "../data/batches/batches";
import type { Normalisation } from "../data/prepare/normalise";
import { placesOf } from "../data/prepare/prepared";
import { costOf } from "../graph/cost";
import { runNetwork } from "../networks/run/run-network";
import type { Supernet } from "../networks/supernet/supernet";
import { flag, nullable, number, oneOf, positive, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { Architecture } from "../space/kinds";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { tf } from "../runtime/tensorflow";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { differencesOf, scoreLogits, type Logits } from "../train/predict";
import type { TrainingImages } from "../train/learner";
import { drawStratified, inEqualBatches, orderStratified } from "./reward-batches";

/** What of the search-validation images is rewarded; all of them are the better the larger. */
export const rewardMeasures = ["accuracy", "balanced accuracy", "area under the curve", "negative loss"] as const;

/** What of the search-validation images is rewarded. */
export type RewardMeasure = (typeof rewardMeasures)[number];

/** How an architecture is rewarded: the options. */
export const rewardSchema = v.strictObject({
  /** What is measured; default: "accuracy", as published. */
  measure: v.optional(oneOf(rewardMeasures), "accuracy"),
  /**
   * Images of a draw, from 2; each draw holds the classes in the shares of all search-validation images. Not fewer than the
   * batches of the training have, as batch normalisations take the draw's statistics. Default: 64.
   */
  batchSize: v.optional(wholeNumber({ from: 2 }), 64),
  /** Whether dropout is active, as in the released program of the micro space; default: false. */
  dropout: v.optional(flag(), false),
  /** What is taken for cost; null for nothing. Default: null. */
  penalty: v.optional(
    nullable(
      v.strictObject({
        /** What is counted, of the architecture's own network. */
        of: oneOf(["parameters", "multiply-adds"]),
        /** The cost up to which nothing is taken, above 0. */
        free: positive(),
        /** What is taken for each time that the cost is above it: weight · (cost / free - 1). From 0. */
        weight: number({ from: 0 }),
      }),
    ),
    null,
  ),
});

/**
 * How an architecture is rewarded.
 *
 * @interface
 */
export type RewardOptions = v.InferOutput<typeof rewardSchema>;

/** What an architecture got with the shared weights. */
export interface SharedScore {
  /** What was measured, without any penalty. */
  readonly measured: number;
  /** What is learned from: the measure less the penalty. */
  readonly reward: number;
  /** On how many images it was measured. */
  readonly images: number;
  /** Trainable parameters of its own network. */
  readonly parameters: number;
  /** Multiply-adds of its own network, for one image. */
  readonly multiplyAdds: number;
}

/** What scores architectures with the shared weights as they are now. */
export interface Scorer {
  /**
   * Scores an architecture.
   *
   * @param draw The number of a draw of search-validation images, from 0, the same images for the same number; "all" for all of
   *   them.
   * @throws {Problem} Where the measure is no finite number.
   */
  score(architecture: Architecture, draw: number | "all"): SharedScore;
}

/**
 * Makes what scores architectures.
 *
 * @param ids The names of the search-validation images: none that the shared weights learn from, and none of a test.
 * @throws {Problem} Where an image is missing or there twice, there are fewer than a draw has, only one class of them, or an
 *   option is out of range.
 */
export function createScorer(
  shared: Supernet,
  images: Pick<TrainingImages, "prepared">,
  ids: readonly string[],
  normalisation: Normalisation,
  given: Partial<RewardOptions>,
  random: RandomGenerator,
): Scorer {
  const options = checkOptions("The reward", rewardSchema, given);
  const { prepared } = images;
  const { batchSize } = options;
  const classes = new Map(placesOf(prepared, ids).map((place) => [prepared.ids[place]!, prepared.labels[place]!]));
  const classOf = (id: string) => classes.get(id)!;
  checkImages(ids, classOf, batchSize);
  return {
    score(architecture, draw) {
      const plan = shared.plan(architecture);
      const batches =
        draw === "all"
          ? inEqualBatches(orderStratified(ids, classOf, null), batchSize)
          : [drawStratified(ids, classOf, batchSize, random.split("draw").split(draw))];
      const values: number[] = [];
      const labels: number[] = [];
      for (const batch of batches) {
        const made = createBatches({ prepared, ids: batch, batchSize: batch.length, normalisation }).batchAt(0, 0);
        const run = runNetwork(plan, shared.weights.of, made.images, {
          statistics: "batch",
          noteStatistics: false,
          dropout: options.dropout ? random.split("dropout").split(draw) : null,
        });
        values.push(...run.output.dataSync());
        labels.push(...made.labels.dataSync());
        run.dispose();
        tf.dispose([made.images, made.labels]);
      }
      const measured = measure({ values: Float32Array.from(values), labels: Int32Array.from(labels) }, options.measure);
      const { trainable: parameters, multiplyAdds } = costOf(plan.graph);
      const penalty = penaltyOf(options.penalty, parameters, multiplyAdds);
      return { measured, reward: measured - penalty, images: labels.length, parameters, multiplyAdds };
    },
  };
}

function checkImages(ids: readonly string[], classOf: (id: string) => number | undefined, batchSize: number): void {
  if (ids.length < batchSize) {
    throw new Problem(
      `There are ${ids.length} search-validation images, fewer than the ${batchSize} of a draw.`,
      "Give a larger search-validation part, or choose a smaller reward.batchSize.",
    );
  }
  const malignant = ids.filter((id) => classOf(id) === 1).length;
  if (malignant === 0 || malignant === ids.length) {
    throw new Problem(
      `All ${ids.length} search-validation images are ${malignant === 0 ? "benign" : "malignant"}: every architecture that says so is right.`,
      "Give a search-validation part with images of both classes.",
    );
  }
}

function penaltyOf(penalty: RewardOptions["penalty"], parameters: number, multiplyAdds: number): number {
  if (penalty === null) return 0;
  const cost = penalty.of === "parameters" ? parameters : multiplyAdds;
  return penalty.weight * Math.max(0, cost / penalty.free - 1);
}

function measure(logits: Pick<Logits, "values" | "labels">, wanted: RewardMeasure): number {
  const differences = differencesOf(logits.values);
  if (!differences.every(Number.isFinite)) {
    throw new Problem(
      "An architecture gives what is no number on the search-validation images: the shared weights are no longer good.",
      "Choose a lower learning rate or a lower bound of the gradients; the last checkpoint is good.",
    );
  }
  const labels = [...logits.labels];
  switch (wanted) {
    case "accuracy":
      return scoreLogits(logits).accuracy;
    case "negative loss":
      return -scoreLogits(logits).loss;
    case "area under the curve":
      return areaUnderCurve(differences, labels);
    case "balanced accuracy": {
      const share = (label: 0 | 1) => {
        const own = differences.filter((_, image) => labels[image] === label);
        return own.filter((difference) => (difference > 0 ? 1 : 0) === label).length / own.length;
      };
      return (share(0) + share(1)) / 2;
    }
  }
}
