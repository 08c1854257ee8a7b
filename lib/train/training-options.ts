import * as v from "valibot";

import { augmentationSchema } from "../data/augment/augmentation";
import { flag, nullable, number, oneOf, share, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { targetsSchema } from "./auxiliary-targets";
import { optimiserSchema } from "./optimiser";
import { scheduleSchema } from "./schedule";

/** What tells which of several weights, or networks, are the best. */
export const criteria = ["loss", "accuracy", "area under the curve"] as const;

/** What a training is stopped by, and its best weights told by. */
export type Criterion = (typeof criteria)[number];

/** The options of a training. */
export const trainingSchema = v.strictObject({
  /** Epochs, from 1; default: 25. */
  epochs: v.optional(wholeNumber({ from: 1 }), 25),
  /** Images in a step, from 2; the last images of an epoch that do not fill one are left out. Default: 32. */
  batchSize: v.optional(wholeNumber({ from: 2 }), 32),
  /** The seed of all chance: first weights, order, variation, dropout. Default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** How weights follow their gradients; default: Nesterov momentum 0.9, decay 0.0005, bound 5. */
  optimiser: v.optional(optimiserSchema, { kind: "momentum" }),
  /** How the learning rate changes; default: one-cycle to 0.05. */
  schedule: v.optional(scheduleSchema, { kind: "one-cycle", rate: 0.05 }),
  /** How training images are varied; default: not at all. See `augmentations`. */
  augment: v.optional(augmentationSchema, {}),
  /** Label smoothing, 0 to below 1; default: 0. */
  labelSmoothing: v.optional(share(), 0),
  /** How much each class counts in the loss: "none", all alike, or "balanced". Default: "none". */
  classWeights: v.optional(oneOf(["none", "balanced"]), "none"),
  /** Whether every batch holds as many images of each class; default: false. */
  balancedBatches: v.optional(flag(), false),
  /**
   * The share of benign images in each epoch, between 0 and 1: images of one class are repeated, some of the other left out, others in each
   * epoch, which is as long as before; the loss is as it was. Left out: the share that the images have.
   */
  benignShare: v.optional(number({ above: 0, below: 1 })),
  /** The parameter of mixup, from 0, 0 for none; default: 0. */
  mixup: v.optional(number({ from: 0 }), 0),
  /** The weight of an auxiliary head's loss, from 0; default: 0.4, as published. */
  auxiliaryWeight: v.optional(number({ from: 0 }), 0.4),
  /** What networks are to tell beside the class while they learn, by heads that are there for training alone; left out: nothing. */
  targets: v.optional(targetsSchema),
  /** The decay of exponential averages of the weights, which are then what is kept; null for none. Default: null. */
  weightAverage: v.optional(nullable(share()), null),
  /**
   * When it ends before its last epoch: after `patience` epochs, from 1, that were no better `by` a criterion on the
   * validation images. Null: never. Default: null.
   */
  earlyStopping: v.optional(
    nullable(v.strictObject({ by: oneOf(criteria), patience: wholeNumber({ from: 1 }) })),
    null,
  ),
  /** Which weights are kept: the last, or the best by a criterion on the validation images. Default: "last". */
  keep: v.optional(oneOf(["last", ...criteria]), "last"),
  /** Whether predictions average over mirror images; default: false. */
  flipPredictions: v.optional(flag(), false),
  /** Images in a batch where nothing is learned, from 1; default: 64. */
  predictionBatch: v.optional(wholeNumber({ from: 1 }), 64),
});

/**
 * How a network is trained. Plain data, to be kept in a run's configuration.
 *
 * @interface
 */
export type TrainingOptions = Required<v.InferInput<typeof trainingSchema>>;

/**
 * The same with optimiser, schedule and variation filled in.
 *
 * @interface
 */
export type CheckedTraining = v.InferOutput<typeof trainingSchema>;

/** How a network is trained by default. */
export const trainingDefaults: Readonly<CheckedTraining> = checkOptions("Training", trainingSchema, {});

/**
 * Fills the options of a training with their defaults and checks them.
 *
 * @throws {Problem} Where a key is unknown, a number out of its range, or validation images are needed and there are none.
 */
export function checkTraining(given: Partial<TrainingOptions>, validationImages: number): CheckedTraining {
  const options = checkOptions("Training", trainingSchema, given);
  if (validationImages === 0 && (options.earlyStopping !== null || options.keep !== "last")) {
    throw new Problem(
      "Training is to stop early or to keep its best weights, but there are no validation images to tell them by.",
      'Give validation images, or earlyStopping: null and keep: "last".',
    );
  }
  if (options.benignShare !== undefined && (options.balancedBatches || options.classWeights === "balanced")) {
    const other = options.balancedBatches ? "balancedBatches: true" : 'classWeights: "balanced"';
    throw new Problem(
      `Training has benignShare: ${options.benignShare} and ${other}: each says how much the classes count.`,
      "Choose one of them.",
    );
  }
  return options;
}
