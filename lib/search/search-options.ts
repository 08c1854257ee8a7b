import * as v from "valibot";

import { strategySchema, type StrategyOptions } from "../controller/check-strategy";
import type { StrategyDefinition } from "../controller/strategy-definition";
import { augmentationSchema } from "../data/augment/augmentation";
import { asGiven, number, oneOf, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { Json } from "../runs/state";
import { kindOf, type NetworkSettings } from "../space/kinds";
import { presets } from "../space/presets";
import { checkSpace, type GivenSpace } from "../space/space";
import { optimiserSchema } from "../train/optimiser";
import { scheduleSchema } from "../train/schedule";
import { rewardSchema } from "./reward";

const strategyOf = (schema: v.GenericSchema<StrategyOptions, StrategyOptions>) =>
  v.optional(asGiven(schema), { kind: "enas", preset: "small" });

/** The options of a search. */
export const searchSchema = v.strictObject({
  /** The space that is searched; default: cells of 4 nodes. */
  space: v.optional(v.pipe(passed<GivenSpace>("a space"), v.transform(checkSpace)), presets.small.space),
  /** What all its networks have in common; default: those of the preset `small` of `presets`. */
  network: v.optional(passed<Partial<NetworkSettings>>("settings of networks"), presets.small.settings),
  /** What proposes architectures, and what it is called; default: ENAS with the settings for little data. */
  strategy: strategyOf(strategySchema()),
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

/**
 * How a search goes. Plain data, to be kept in a run's configuration.
 *
 * @interface
 */
export type SearchOptions = Required<v.InferInput<typeof searchSchema>>;

/**
 * The same with every part filled in.
 *
 * @interface
 */
export type CheckedSearch = v.InferOutput<typeof searchSchema>;

/**
 * Fills the options of a search with their defaults and checks them.
 *
 * @param own A strategy of one's own, which can be chosen by its kind beside those of the library, and is by default; null:
 *   none.
 * @returns All options; those of the strategy as they were given, with the name of one's own.
 * @throws {Problem} Where a key is unknown or a value out of its range.
 */
export function checkSearch(given: Partial<SearchOptions>, own: StrategyDefinition | null = null): CheckedSearch {
  const options = own === null ? checkOptions("A search", searchSchema, given) : checkWith(own, given);
  // They are filled in where networks are built.
  kindOf(options.space).checkSettings(options.network);
  return options;
}

function checkWith(own: StrategyDefinition, given: Partial<SearchOptions>): CheckedSearch {
  const schema = v.strictObject({ ...searchSchema.entries, strategy: strategyOf(strategySchema(own)) });
  const options = checkOptions("A search", schema, { ...given, strategy: given.strategy ?? { kind: own.kind } });
  const { strategy } = options;
  // Who reads the record may not have the definition.
  return strategy.kind === own.kind
    ? { ...options, strategy: { ...strategy, name: strategy.name ?? own.title } }
    : options;
}

/**
 * Reads the options of a search from its record, whoever's strategy it had.
 *
 * @throws {Problem} Where it is none of a search.
 */
export function storedSearch(stored: Json): CheckedSearch {
  const strategy = v.looseObject({ kind: text(), name: v.optional(text()) });
  return checkOptions("A search", v.strictObject({ ...searchSchema.entries, strategy }), stored);
}
