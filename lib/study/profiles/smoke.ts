import { augmentations } from "../../data/augment/presets";
import { searchPresets } from "../../search/presets";
import type { StudySettings } from "../study-settings";

/** The whole study within minutes, on phantoms: what shows that everything works. Its numbers are not results. */
export const smoke: StudySettings = {
  profile: "smoke",
  purpose: "To see that everything works: the whole study in small, within minutes. Its numbers are not results.",
  results: false,
  preparation: { size: 32 },
  sample: null,
  onContradiction: "stop",
  allowGroupsAcrossParts: null,
  search: {
    seeds: [1],
    fold: 1,
    size: null,
    options: { ...searchPresets.tiny.options, epochs: 4, augment: augmentations.light },
  },
  network: null,
  derive: { samples: 12, draws: 1, rescored: 4, trained: 2, training: { epochs: 3, batchSize: 16 } },
  control: { count: 4, training: { epochs: 3, batchSize: 16 } },
  learnFromValidation: false,
  training: { epochs: 4, batchSize: 16, augment: augmentations.light },
  seeds: [1],
  folds: [1, 2],
  handCrafted: ["plain CNN", "CNN3"],
  controls: 1,
  primary: { reference: "plain CNN", margin: 0.01, power: 0.8 },
  workers: 2,
};
