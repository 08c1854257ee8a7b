import * as v from "valibot";

import { augmentationSchema } from "../data/augment/augmentation";
import { checkPreparation, preparationSchema, type PreparationOptions } from "../data/prepare/configuration";
import { preparations } from "../data/prepare/presets";
import { buildUNet, uNetSchema } from "../graph/u-net";
import { asGiven, flag, nullable, number, oneOf, share, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { optimiserSchema } from "../train/optimiser";
import { scheduleSchema } from "../train/schedule";

/** How images are varied where nothing else is said, at 128 × 128: all that leaves the outline in sight. */
const variation: v.InferInput<typeof augmentationSchema> = {
  ...{ flipHorizontal: 0.5, shift: 10, scale: [0.8, 1.3], rotation: 15 },
  ...{ gamma: [0.7, 1.4], contrast: [0.75, 1.3], speckle: 0.05 },
};

/** The schema of {@link SegmentationOptions}. */
const segmentationSchema = v.strictObject({
  /** How large the network is; see `buildUNet`. Default: 16 channels, 5 stages. */
  network: v.optional(uNetSchema, {}),
  /** How the whole picture becomes its input, one gray plane; default: 128 × 128, without regard to proportions. */
  preparation: v.optional(asGiven(preparationSchema), {}),
  /** Epochs, from 1; default: 50. */
  epochs: v.optional(wholeNumber({ from: 1 }), 50),
  /** Images in a step, from 2; the last images of an epoch that do not fill one are left out. Default: 16. */
  batchSize: v.optional(wholeNumber({ from: 2 }), 16),
  /** The seed of all chance: first weights, order, variation, dropout. Default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** How weights follow their gradients; default: AdamW, decay 0.01, bound 5. */
  optimiser: v.optional(optimiserSchema, { kind: "adamw" }),
  /** How the learning rate changes; default: one-cycle to 0.002. */
  schedule: v.optional(scheduleSchema, { kind: "one-cycle", rate: 0.002 }),
  /** How training images are varied, and their masks with them; default: flips, shifts, scale, rotation, gray levels. */
  augment: v.optional(augmentationSchema, variation),
  /** How much the Dice coefficient counts in the loss beside the cross entropy, from 0; default: 1. */
  diceWeight: v.optional(number({ from: 0 }), 1),
  /** The decay of exponential averages of the weights, which are then what is kept; null for none. Default: null. */
  weightAverage: v.optional(nullable(share()), null),
  /** Which weights are kept: the last, or those with the best Dice coefficient of the validation images. Default: "last". */
  keep: v.optional(oneOf(["last", "dice"]), "last"),
  /** Whether predictions average over mirror images; default: true. */
  flipPredictions: v.optional(flag(), true),
  /** Images in a batch where nothing is learned, from 1; default: 16. */
  predictionBatch: v.optional(wholeNumber({ from: 1 }), 16),
});

/**
 * How a network learns to outline lesions. Plain data, to be kept in a run's configuration.
 *
 * @interface
 */
export type SegmentationOptions = v.InferInput<typeof segmentationSchema>;

/**
 * The same with everything filled in.
 *
 * @interface
 */
export type CheckedSegmentation = Omit<v.InferOutput<typeof segmentationSchema>, "preparation"> & {
  readonly preparation: PreparationOptions;
};

/**
 * Fills the options with their defaults and checks them.
 *
 * @throws {Problem} Where a key is unknown, a number out of its range, the preparation needs to know the lesion, or the network
 *   cannot take images of its size.
 */
export function checkSegmentation(given: SegmentationOptions): CheckedSegmentation {
  const options = checkOptions("Segmentation", segmentationSchema, given);
  const preparation = checkPreparation({ ...preparations.wholeImage, size: 128, ...options.preparation });
  if (preparation.region.kind !== "whole" || preparation.channels.join() !== "gray") {
    throw new Problem(
      `A segmentation was to be prepared with the region "${preparation.region.kind}" and the channels ${preparation.channels.join(", ")}, but it is there to find the lesion: it sees the whole picture in gray.`,
      'Leave out region and channels, or give region: { kind: "whole" } and channels: ["gray"].',
    );
  }
  const { size } = preparation;
  buildUNet({ height: size, width: size, channels: 1 }, options.network);
  return { ...options, preparation };
}
