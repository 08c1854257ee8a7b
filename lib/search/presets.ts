import { augmentations } from "../data/augment/presets";
import { presets } from "../space/presets";
import type { SearchOptions } from "./search-options";

/** A search with a name. */
export interface SearchPreset {
  /** Whom it is for, what it costs, and what to expect. */
  readonly purpose: string;
  /** The options that differ from the defaults. */
  readonly options: Readonly<Partial<SearchOptions>>;
}

// The released program adds 1e-4 · Σ weight² to the loss, whose gradient is 2e-4 · weight.
const releasedMomentum = { kind: "momentum", momentum: 0.9, nesterov: true, bound: 5 } as const;
const releasedSchedule = { kind: "restarts", rate: 0.05, lowest: 5e-4, first: 10, factor: 2 } as const;

const released = {
  space: presets["enas-released"].space,
  network: presets["enas-released"].settings,
  strategy: { kind: "enas", preset: "released" },
  epochs: 150,
  batchSize: 160,
  augment: augmentations.light,
  optimiser: { ...releasedMomentum, decay: 2e-4 },
  schedule: releasedSchedule,
  updatesPerEpoch: 30,
  architecturesPerUpdate: 10,
  warmUpEpochs: 0,
  reward: { measure: "accuracy", batchSize: 160 },
} as const;

/**
 * Searches with a name. Each is plain data: change an option by `{ ...searchPresets.small.options, epochs: 30 }`.
 *
 * - `released`: the search in cells as its authors released it, with its mistakes mended.
 * - `paper`: the same with the controller of the paper.
 * - `macroReleased`: the search for whole networks as released, with the operations applied.
 * - `small`: for a thousand images of 64 × 64 on two cores.
 * - `macroSmall`: the same in the macro space.
 * - `tiny`: to see that it works.
 */
export const searchPresets: {
  readonly released: SearchPreset;
  readonly paper: SearchPreset;
  readonly macroReleased: SearchPreset;
  readonly small: SearchPreset;
  readonly macroSmall: SearchPreset;
  readonly tiny: SearchPreset;
} = {
  released: {
    purpose:
      "To repeat the published search on tens of thousands of images. 150 epochs with 45,000 scored architectures: half a " +
      "day on the authors' graphics card. Gradients are bounded, the auxiliary head is trained, and the reward has no dropout.",
    options: released,
  },
  paper: {
    purpose:
      "The released search with the paper's controller: temperature 5, tanh 2.5, entropy weight 0.1. It updates after every " +
      "architecture: 150 epochs with 300,000 scored architectures, for a graphics card.",
    options: {
      ...released,
      strategy: { kind: "enas", preset: "paper" },
      updatesPerEpoch: 2000,
      architecturesPerUpdate: 1,
    },
  },
  macroReleased: {
    purpose:
      "To repeat the published search for whole networks: 310 epochs with 310,000 scored architectures; days on a graphics card.",
    options: {
      ...released,
      space: presets["macro-released"].space,
      network: presets["macro-released"].settings,
      epochs: 310,
      batchSize: 128,
      optimiser: { ...releasedMomentum, decay: 5e-4 },
      updatesPerEpoch: 50,
      architecturesPerUpdate: 20,
      reward: { measure: "accuracy", batchSize: 128 },
    },
  },
  small: {
    purpose:
      "For about a thousand images of 64 × 64 on two cores: 70 epochs, 3,250 scored architectures, well within 45 minutes. " +
      "The area under the curve as reward, which is finer than the accuracy of a few images.",
    options: {
      epochs: 70,
      augment: augmentations.light,
      reward: { measure: "area under the curve", batchSize: 64 },
    },
  },
  macroSmall: {
    purpose:
      "The same for whole networks of 6 layers: 70 epochs, 3,250 scored architectures, in less than half the time of `small`.",
    options: {
      space: presets["macro-small"].space,
      network: presets["macro-small"].settings,
      epochs: 70,
      augment: augmentations.light,
      reward: { measure: "area under the curve", batchSize: 64 },
    },
  },
  tiny: {
    purpose: "6 epochs in cells of 3 nodes, to see that it works; half a minute for 200 images of 32 × 32. No results.",
    options: {
      space: presets.tiny.space,
      network: presets.tiny.settings,
      epochs: 6,
      batchSize: 16,
      updatesPerEpoch: 3,
      architecturesPerUpdate: 4,
      warmUpEpochs: 1,
      schedule: { kind: "restarts", rate: 0.05, lowest: 5e-4, first: 2, factor: 2 },
      reward: { measure: "area under the curve", batchSize: 24 },
    },
  },
};
