import { searchPresets } from "../../search/presets";
import { recipes } from "../../train/recipes";
import type { StudySettings } from "../study-settings";

// Of the supernet and of what is trained alone: 16, 32 and 64 channels, at most 0.3 million parameters.
const network = { layers: 6, channels: 16, doubleChannels: true };

/**
 * The study in a night on two cores: all folds, one seed of the training, two of the search.
 *
 * It searches whole networks of plain and separable convolutions. Cells were tried before it: what two searches in the micro
 * space found was no better on the validation images than random cells, and both were behind the plain CNN.
 */
export const overnight: StudySettings = {
  profile: "overnight",
  purpose:
    "The study in a night on two cores: two searches of whole networks at 32 × 32 with their controls, all folds, one seed of the training, five hand-crafted networks at 64 × 64. What seeds of the training would change, it does not tell.",
  results: true,
  preparation: { size: 64 },
  sample: null,
  onContradiction: "stop",
  allowGroupsAcrossParts: null,
  search: {
    seeds: [1, 2],
    fold: 1,
    size: 32,
    options: {
      ...searchPresets.macroSmall.options,
      network: { ...network, dropout: 0.2 },
      reward: { measure: "area under the curve", batchSize: 128 },
    },
  },
  network: { ...network, dropout: 0.3 },
  derive: { samples: 100, draws: 2, rescored: 20, trained: 4, training: { ...recipes.oneCycle.options, epochs: 15 } },
  control: { count: 8, training: { ...recipes.oneCycle.options, epochs: 15 } },
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
