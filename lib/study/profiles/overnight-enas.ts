import { searchPresets } from "../../search/presets";
import type { StudySettings } from "../study-settings";
import { overnight } from "./overnight";

// Of the supernet and of what is trained alone: 16, 32 and 64 channels, at most 0.3 million parameters.
const network = { layers: 6, channels: 16, doubleChannels: true };

/**
 * The study of a night by ENAS, by which the published results were made.
 *
 * It searches whole networks of plain and separable convolutions. Cells were tried before it: what two searches in the micro
 * space found was no better on the validation images than random cells, and both were behind the plain CNN.
 */
export const overnightEnas: StudySettings = {
  ...overnight,
  profile: "overnight-enas",
  purpose:
    "The same as overnight with ENAS in the macro space, the published reference: two searches with shared weights and their controls. Its gain over random networks is that of a policy that learns nothing.",
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
};
