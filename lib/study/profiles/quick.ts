import { recipes } from "../../train/recipes";
import type { StudySettings } from "../study-settings";
import { raceOfShapes } from "./race-of-shapes";

const short = { ...recipes.oneCycle.options, epochs: 10 };

/** The whole study on real images within half an hour: a first look. */
export const quick: StudySettings = {
  profile: "quick",
  purpose:
    "A first look: at most 30 minutes on two cores for 800 images at 32 × 32, two folds, one seed. The order of close models is chance.",
  results: true,
  preparation: { size: 32 },
  sample: { count: 800, by: "patient", seed: 1 },
  onContradiction: "stop",
  allowGroupsAcrossParts: null,
  search: { seeds: [1], fold: 1, size: null, ...raceOfShapes([5e6, 10e6], 130, short) },
  network: null,
  derive: { samples: 60, draws: 2, rescored: 12, trained: 3, training: short },
  control: { count: 8, training: short },
  learnFromValidation: false,
  training: { ...short, epochs: 15 },
  seeds: [1],
  folds: [1, 2],
  handCrafted: ["plain CNN", "AlexNet", "ResNet-18", "MobileNetV2"],
  controls: 1,
  primary: { reference: "plain CNN", margin: 0.01, power: 0.8 },
  workers: 2,
};
