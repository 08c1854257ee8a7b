import { augmentations } from "../data/augment/presets";
import type { TrainingOptions } from "./training-options";

/** A way to train that has a name. */
export interface Recipe {
  /** What it is for, and what to expect. */
  readonly purpose: string;
  /** The options that differ from the defaults. */
  readonly options: Readonly<Partial<TrainingOptions>>;
}

/**
 * Ways to train with a name. Each is plain data: change an option by `{ ...recipes.oneCycle.options, epochs: 50 }`.
 *
 * - `oneCycle`: for all networks of the study alike.
 * - `oneCycleLong`: the same for longer, with smoothed labels and averaged weights.
 * - `published`: how ENAS trains what it found.
 * - `quick`: to see that it works.
 */
export const recipes: {
  readonly oneCycle: Recipe;
  readonly oneCycleLong: Recipe;
  readonly published: Recipe;
  readonly quick: Recipe;
} = {
  oneCycle: {
    purpose:
      "Nesterov momentum, one cycle to 0.05 in 25 epochs, flips and small shifts. The plain CNN takes some two minutes for " +
      "1,500 images of 64 × 64 on two cores.",
    options: { epochs: 25, augment: augmentations.light, optimiser: { kind: "momentum", bound: 0 } },
  },
  oneCycleLong: {
    purpose: "The same over 60 epochs with more variation, smoothed labels and averaged weights.",
    options: {
      epochs: 60,
      augment: augmentations.strong,
      labelSmoothing: 0.1,
      weightAverage: 0.995,
      flipPredictions: true,
    },
  },
  published: {
    purpose:
      "As published for ENAS: 630 epochs of cosine restarts from 0.05 to 0.0001. Days on a processor; for a graphics card.",
    options: {
      epochs: 630,
      batchSize: 144,
      augment: augmentations.light,
      optimiser: { kind: "momentum", momentum: 0.9, nesterov: true, decay: 4e-4, bound: 5 },
      schedule: { kind: "restarts", rate: 0.05, lowest: 1e-4, first: 10, factor: 2 },
    },
  },
  quick: {
    purpose: "3 epochs, to see that it works. Its numbers are not results.",
    options: { epochs: 3, batchSize: 16, augment: augmentations.light },
  },
};
