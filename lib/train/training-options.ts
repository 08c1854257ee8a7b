import { checkAugmentation, type AugmentationOptions } from "../data/augment/augmentation";
import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkOptimiser, type GivenOptimiser, type OptimiserSettings } from "./optimiser";
import { checkSchedule, type GivenSchedule, type Schedule } from "./schedule";
import type { ClassWeighting } from "./targets";

/** What a training is stopped by, and its best weights told by. */
export type Criterion = "loss" | "accuracy" | "area under the curve";

/** When a training ends before its last epoch. */
export interface EarlyStopping {
  /** What of the validation images is looked at. */
  readonly by: Criterion;
  /** Epochs without a better value until it ends, from 1. */
  readonly patience: number;
}

/** How a network is trained. Plain data, to be kept in a run's configuration. */
export interface TrainingOptions {
  /** Epochs, from 1; default: 25. */
  epochs: number;
  /** Images in a step, from 2; the last images of an epoch that do not fill one are left out. Default: 32. */
  batchSize: number;
  /** The seed of all chance: first weights, order, variation, dropout. Default: 1. */
  seed: number;
  /** How weights follow their gradients; default: Nesterov momentum 0.9, decay 0.0005, bound 5. */
  optimiser: GivenOptimiser;
  /** How the learning rate changes; default: one-cycle to 0.05. */
  schedule: GivenSchedule;
  /** How training images are varied; default: not at all. See `augmentations`. */
  augment: Partial<AugmentationOptions>;
  /** Label smoothing, 0 to below 1; default: 0. */
  labelSmoothing: number;
  /** How much each class counts in the loss; default: "none". */
  classWeights: ClassWeighting;
  /** Whether every batch holds as many images of each class; default: false. */
  balancedBatches: boolean;
  /** The parameter of mixup, from 0, 0 for none; default: 0. */
  mixup: number;
  /** The weight of an auxiliary head's loss, from 0; default: 0.4, as published. */
  auxiliaryWeight: number;
  /** The decay of exponential averages of the weights, which are then what is kept; null for none. Default: null. */
  weightAverage: number | null;
  /** When it ends before its last epoch; null: never. Needs validation images. Default: null. */
  earlyStopping: EarlyStopping | null;
  /** Which weights are kept: the last, or the best by a criterion on the validation images. Default: "last". */
  keep: "last" | Criterion;
  /** Whether predictions average over mirror images; default: false. */
  flipPredictions: boolean;
  /** Images in a batch where nothing is learned, from 1; default: 64. */
  predictionBatch: number;
}

/** The same with optimiser, schedule and variation filled in. */
export type CheckedTraining = Omit<TrainingOptions, "optimiser" | "schedule" | "augment"> & {
  readonly optimiser: OptimiserSettings;
  readonly schedule: Schedule;
  readonly augment: AugmentationOptions;
};

/** How a network is trained by default. */
export const trainingDefaults: Readonly<TrainingOptions> = {
  epochs: 25,
  batchSize: 32,
  seed: 1,
  optimiser: { kind: "momentum" },
  schedule: { kind: "one-cycle", rate: 0.05 },
  augment: {},
  labelSmoothing: 0,
  classWeights: "none",
  balancedBatches: false,
  mixup: 0,
  auxiliaryWeight: 0.4,
  weightAverage: null,
  earlyStopping: null,
  keep: "last",
  flipPredictions: false,
  predictionBatch: 64,
};

const criteria: readonly Criterion[] = ["loss", "accuracy", "area under the curve"];

/**
 * Fills the options of a training with their defaults and checks them.
 *
 * @param given The options that differ from {@link trainingDefaults}.
 * @param validationImages How many validation images there are.
 * @returns All options.
 * @throws {Problem} Where a key is unknown, a number out of its range, or validation images are needed and there are none.
 */
export function checkTraining(given: Partial<TrainingOptions>, validationImages: number): CheckedTraining {
  const options = withDefaults<TrainingOptions>("Training", given, trainingDefaults);
  const { earlyStopping, keep } = options;
  const whole = (name: string, value: number, least: number) => {
    check(name, value, Number.isSafeInteger(value) && value >= least, `a whole number from ${least}`);
  };
  const share = (name: string, value: number) => {
    check(name, value, value >= 0 && value < 1, "a number from 0 to below 1");
  };
  whole("epochs", options.epochs, 1);
  whole("batchSize", options.batchSize, 2);
  whole("seed", options.seed, 0);
  whole("predictionBatch", options.predictionBatch, 1);
  share("labelSmoothing", options.labelSmoothing);
  if (options.weightAverage !== null) share("weightAverage", options.weightAverage);
  check("mixup", options.mixup, options.mixup >= 0 && options.mixup < Infinity, "a number from 0");
  check("auxiliaryWeight", options.auxiliaryWeight, options.auxiliaryWeight >= 0, "a number from 0");
  check("classWeights", options.classWeights, ["none", "balanced"].includes(options.classWeights), "none or balanced");
  check("keep", keep, keep === "last" || criteria.includes(keep), `"last" or one of ${criteria.join(", ")}`);
  if (earlyStopping !== null) {
    withDefaults("earlyStopping", earlyStopping, { by: "loss", patience: 1 });
    check("earlyStopping.by", earlyStopping.by, criteria.includes(earlyStopping.by), criteria.join(", "));
    whole("earlyStopping.patience", earlyStopping.patience, 1);
  }
  if (validationImages === 0 && (earlyStopping !== null || keep !== "last")) {
    throw new Problem(
      "Training is to stop early or to keep its best weights, but there are no validation images to tell them by.",
      'Give validation images, or earlyStopping: null and keep: "last".',
    );
  }
  return {
    ...options,
    optimiser: checkOptimiser(options.optimiser),
    schedule: checkSchedule(options.schedule),
    augment: checkAugmentation(options.augment),
  };
}

function check(name: string, value: unknown, good: boolean, expected: string): void {
  if (good) return;
  throw new Problem(
    `Training has ${name}: ${typeof value === "number" ? value : JSON.stringify(value)}, expected ${expected}.`,
    "Correct it, or leave it out.",
  );
}
