import { recipes } from "../../train/recipes";
import type { StudySettings } from "../study-settings";
import { raceOfShapes } from "./race-of-shapes";

const oneCycle = { ...recipes.oneCycle.options, epochs: 15 };

// What the plain CNN costs lies inside.
const race = raceOfShapes([20e6, 40e6], 70, oneCycle);

/** The study in a night on two cores: all folds, one seed of the training, two of the search. */
export const overnight: StudySettings = {
  profile: "overnight",
  purpose:
    "The study in a night on two cores: two searches at 32 × 32 within the cost of the plain CNN and two within four times of it, all folds, one seed of the training, five hand-crafted networks at 64 × 64. What seeds of the training would change, it does not tell.",
  results: true,
  preparation: { size: 64 },
  sample: null,
  onContradiction: "stop",
  allowGroupsAcrossParts: null,
  search: {
    ...{ seeds: [1, 2], fold: 1, size: 32 },
    ...race,
    // What four times the cost would bring, as winners of their own.
    trials: { ...race.trials!, furtherBudgets: [{ multiplyAdds: [80e6, 160e6] }] },
  },
  network: null,
  derive: { samples: 100, draws: 2, rescored: 20, trained: 4, training: oneCycle },
  control: { count: 8, training: oneCycle },
  learnFromValidation: true,
  // AlexNet, which has no batch normalisation, needs the bound of the gradients; averages of weights cost nothing.
  training: {
    ...recipes.oneCycle.options,
    optimiser: { kind: "momentum", bound: 5 },
    weightAverage: 0.99,
    flipPredictions: true,
  },
  seeds: [1],
  folds: null,
  handCrafted: ["plain CNN", "AlexNet", "VGG-11", "ResNet-18", "MobileNetV2"],
  controls: 2,
  primary: { reference: "plain CNN", margin: 0.01, power: 0.8 },
  workers: 2,
};
