import type {
  EnasStrategyOptions,
  EvolutionStrategyOptions,
  UniformStrategyOptions,
} from "../controller/create-strategy";
import { checkAugmentation, type AugmentationOptions } from "../data/augment/augmentation";
import type { FoundSettings } from "../graph/found/settings";
import { foundPresets } from "../graph/found/presets";
import { requireWholeNumbers, withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { Space } from "../space/sample";
import { checkOptimiser, type GivenOptimiser, type OptimiserSettings } from "../train/optimiser";
import { checkSchedule, type GivenSchedule, type Schedule } from "../train/schedule";
import type { ClassWeighting } from "../train/targets";
import { checkReward, type RewardOptions } from "./reward";

/** Which strategy proposes architectures, and its settings. The space is the search's. */
export type SearchStrategy =
  Omit<EnasStrategyOptions, "space"> | Omit<UniformStrategyOptions, "space"> | Omit<EvolutionStrategyOptions, "space">;

/** How a search goes. Plain data, to be kept in a run's configuration. */
export interface SearchOptions {
  /** The space that is searched; default: cells of 4 nodes. */
  space: Space;
  /** What all its networks have in common; default: those of the preset `small` of `foundPresets`. */
  network: Partial<FoundSettings>;
  /** What proposes architectures; default: ENAS's controller with the settings for little data. */
  strategy: SearchStrategy;
  /** The seed of all chance; default: 1. */
  seed: number;
  /** Epochs, from 1: in each, the shared weights learn from every training image once, then the strategy learns. Default: 60. */
  epochs: number;
  /** Images of a step of the shared weights, from 2; default: 32. */
  batchSize: number;
  /** How training images are varied; default: not at all. */
  augment: Partial<AugmentationOptions>;
  /** How the shared weights follow their gradients; default: Nesterov momentum 0.9, decay 0.0002, bound 5. */
  optimiser: GivenOptimiser;
  /** The learning rate of the shared weights; default: cosine restarts from 0.05 to 0.0005, first after 10 epochs. */
  schedule: GivenSchedule;
  /** How much each class counts in the loss; default: "none". */
  classWeights: ClassWeighting;
  /** The weight of an auxiliary head's loss, from 0; default: 0.4. */
  auxiliaryWeight: number;
  /** Updates of the strategy after each epoch, from 0; default: 5. */
  updatesPerEpoch: number;
  /** Architectures that are scored for an update, from 1; default: 10. */
  architecturesPerUpdate: number;
  /** Epochs in which only the shared weights learn, from 0; default: 5. */
  warmUpEpochs: number;
  /** How an architecture is rewarded; default: accuracy on 64 images, without dropout or penalty. */
  reward: Partial<RewardOptions>;
}

/** The same with every part filled in. */
export type CheckedSearch = Omit<SearchOptions, "optimiser" | "schedule" | "augment" | "reward"> & {
  readonly optimiser: OptimiserSettings;
  readonly schedule: Schedule;
  readonly augment: AugmentationOptions;
  readonly reward: RewardOptions;
};

/** How a search goes by default: for hundreds of images or some thousands, on a processor. */
export const searchDefaults: Readonly<SearchOptions> = {
  space: foundPresets.small.space,
  network: foundPresets.small.settings,
  strategy: { kind: "enas", preset: "small" },
  seed: 1,
  epochs: 60,
  batchSize: 32,
  augment: {},
  optimiser: { kind: "momentum", momentum: 0.9, nesterov: true, decay: 2e-4, bound: 5 },
  schedule: { kind: "restarts", rate: 0.05, lowest: 5e-4, first: 10, factor: 2 },
  classWeights: "none",
  auxiliaryWeight: 0.4,
  updatesPerEpoch: 5,
  architecturesPerUpdate: 10,
  warmUpEpochs: 5,
  reward: {},
};

/**
 * Fills the options of a search with their defaults and checks them.
 *
 * @param given The options that differ from {@link searchDefaults}.
 * @returns All options.
 * @throws {Problem} Where a key is unknown or a value out of its range.
 */
export function checkSearch(given: Partial<SearchOptions>): CheckedSearch {
  const options = withDefaults<SearchOptions>("A search", given, searchDefaults);
  requireWholeNumbers("A search", options, {
    ...{ seed: 0, epochs: 1, batchSize: 2, warmUpEpochs: 0 },
    ...{ updatesPerEpoch: 0, architecturesPerUpdate: 1 },
  });
  const { auxiliaryWeight, classWeights } = options;
  check("auxiliaryWeight", auxiliaryWeight, auxiliaryWeight >= 0 && auxiliaryWeight < Infinity, "a number from 0");
  check("classWeights", classWeights, ["none", "balanced"].includes(classWeights), '"none" or "balanced"');
  return {
    ...options,
    optimiser: checkOptimiser(options.optimiser),
    schedule: checkSchedule(options.schedule),
    augment: checkAugmentation(options.augment),
    reward: checkReward(options.reward),
  };
}

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  const said = typeof value === "number" ? String(value) : JSON.stringify(value);
  throw new Problem(`A search has ${name}: ${said}, expected ${expected}.`, "Correct it, or leave it out.");
}
