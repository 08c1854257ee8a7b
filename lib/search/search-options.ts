import * as v from "valibot";

import type {
  EnasStrategyOptions,
  EvolutionStrategyOptions,
  UniformStrategyOptions,
} from "../controller/create-strategy";
import { augmentationSchema } from "../data/augment/augmentation";
import { number, oneOf, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { NetworkSettings } from "../space/kinds";
import { presets } from "../space/presets";
import { checkSpace, type GivenSpace } from "../space/space";
import { optimiserSchema } from "../train/optimiser";
import { scheduleSchema } from "../train/schedule";
import { rewardSchema } from "./reward";

/** Which strategy proposes architectures, and its settings. The space is the search's. */
export type SearchStrategy =
  Omit<EnasStrategyOptions, "space"> | Omit<UniformStrategyOptions, "space"> | Omit<EvolutionStrategyOptions, "space">;

/** The options of a search. */
export const searchSchema = v.strictObject({
  /** The space that is searched; default: cells of 4 nodes. */
  space: v.optional(v.pipe(passed<GivenSpace>("a space"), v.transform(checkSpace)), presets.small.space),
  /** What all its networks have in common; default: those of the preset `small` of `presets`. */
  network: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), presets.small.settings),
  /** What proposes architectures; default: ENAS's controller with the settings for little data. */
  strategy: v.optional(passed<SearchStrategy>("a strategy"), { kind: "enas", preset: "small" }),
  /** The seed of all chance; default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** Epochs, from 1: in each, the shared weights learn from every training image once, then the strategy learns. Default: 60. */
  epochs: v.optional(wholeNumber({ from: 1 }), 60),
  /** Images of a step of the shared weights, from 2; default: 32. */
  batchSize: v.optional(wholeNumber({ from: 2 }), 32),
  /** How training images are varied; default: not at all. */
  augment: v.optional(augmentationSchema, {}),
  /** How the shared weights follow their gradients; default: Nesterov momentum 0.9, decay 0.0002, bound 5. */
  optimiser: v.optional(optimiserSchema, { kind: "momentum", decay: 2e-4 }),
  /** The learning rate of the shared weights; default: cosine restarts from 0.05 to 0.0005, first after 10 epochs. */
  schedule: v.optional(scheduleSchema, { kind: "restarts", rate: 0.05, lowest: 5e-4 }),
  /** How much each class counts in the loss: "none", all alike, or "balanced". Default: "none". */
  classWeights: v.optional(oneOf(["none", "balanced"]), "none"),
  /** The weight of an auxiliary head's loss, from 0; default: 0.4. */
  auxiliaryWeight: v.optional(number({ from: 0 }), 0.4),
  /** Updates of the strategy after each epoch, from 0; default: 5. */
  updatesPerEpoch: v.optional(wholeNumber(), 5),
  /** Architectures that are scored for an update, from 1; default: 10. */
  architecturesPerUpdate: v.optional(wholeNumber({ from: 1 }), 10),
  /** Epochs in which only the shared weights learn, from 0; default: 5. */
  warmUpEpochs: v.optional(wholeNumber(), 5),
  /** How an architecture is rewarded; default: accuracy on 64 images, without dropout or penalty. */
  reward: v.optional(rewardSchema, {}),
});

/** How a search goes. Plain data, to be kept in a run's configuration. */
export type SearchOptions = Required<v.InferInput<typeof searchSchema>>;

/** The same with every part filled in. */
export type CheckedSearch = v.InferOutput<typeof searchSchema>;

/**
 * Fills the options of a search with their defaults and checks them.
 *
 * @param given The options that differ from the defaults.
 * @returns All options.
 * @throws {Problem} Where a key is unknown or a value out of its range.
 */
export function checkSearch(given: Partial<SearchOptions>): CheckedSearch {
  return checkOptions("A search", searchSchema, given);
}

/** How a search goes by default: for hundreds of images or some thousands, on a processor. */
export const searchDefaults: Readonly<CheckedSearch> = checkSearch({});
