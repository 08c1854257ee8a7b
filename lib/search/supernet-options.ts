import * as v from "valibot";

import { augmentationSchema } from "../data/augment/augmentation";
import { flag, nullable, oneOf, passed, share, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { kindOf, type NetworkSettings } from "../space/kinds";
import { checkSpace, type GivenSpace } from "../space/space";
import { optimiserSchema } from "../train/optimiser";
import { scheduleSchema } from "../train/schedule";

/** The options of a supernet's training. */
export const supernetSchema = v.strictObject({
  /** The space whose architectures share weights. */
  space: v.pipe(passed<GivenSpace>("a space"), v.transform(checkSpace)),
  /** What all its networks have in common; default: the defaults of the space. */
  network: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), {}),
  /** The seed of all chance; default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** Passes through the training images, from 1; default: 70. */
  epochs: v.optional(wholeNumber({ from: 1 }), 70),
  /** Images of a step, from 2; default: 32. */
  batchSize: v.optional(wholeNumber({ from: 2 }), 32),
  /** How training images are varied; default: not at all. */
  augment: v.optional(augmentationSchema, {}),
  /** How weights follow their gradients; default: Nesterov momentum 0.9, decay 0.0002, bound 5. */
  optimiser: v.optional(optimiserSchema, { kind: "momentum", decay: 2e-4 }),
  /** The learning rate; default: half a cosine from 0.05 to 0. */
  schedule: v.optional(scheduleSchema, { kind: "cosine", rate: 0.05 }),
  /**
   * How the architecture of each step is drawn: all equally likely, or so that each option of each decision comes equally often in
   * every block of steps. Default: "balanced".
   */
  sampling: v.optional(oneOf(["uniform", "balanced"]), "balanced"),
  /** Whether each width has scales and offsets of normalisations of its own; default: no. */
  normalisationPerWidth: v.optional(flag(), false),
  /** Whether windows of 3 × 3 are the middle of those of 5 × 5, in spaces that have both; default: no. */
  entangledKernels: v.optional(flag(), false),
  /**
   * How much of the moving average of a weight stays at each step that changes it, above 0 and below 1; architectures are then
   * scored with averages. null: none are kept. Default: null.
   */
  weightAverage: v.optional(nullable(share()), null),
  /** Over the ends of how many last epochs the weights that are kept are averaged, from 1; default: 1, the last alone. */
  lastEpochs: v.optional(wholeNumber({ from: 1 }), 1),
});

/**
 * How a supernet is trained by architectures that nothing has chosen. Plain data, to be kept in a run's configuration.
 *
 * @interface
 */
export type SupernetOptions = v.InferInput<typeof supernetSchema>;

/**
 * The same with every part filled in.
 *
 * @interface
 */
export type CheckedSupernet = v.InferOutput<typeof supernetSchema>;

/**
 * Fills the options of a supernet's training with their defaults and checks them.
 *
 * @throws {Problem} Where a key is unknown or a value out of its range.
 */
export function checkSupernet(given: SupernetOptions): CheckedSupernet {
  const options = checkOptions("A supernet", supernetSchema, given);
  kindOf(options.space, "space").checkSettings(options.network);
  return options;
}
