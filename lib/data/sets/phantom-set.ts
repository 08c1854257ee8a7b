import { describePhantomAt, type PhantomSettings } from "../phantom/phantom";
import type { ImageRecord } from "../records/record";
import type { DataSet } from "./data-set";

/** The phantoms that stand in where no other data set is named. */
const standard: PhantomSettings = { count: 240, size: 128, malignant: 0.4, difficulty: 0.4, seed: 1 };

/** Computed images, always at hand. They show that everything works, and nothing about patients. */
export const phantomSet: DataSet = makePhantomSet(standard);

/** Makes a data set of phantoms. */
export function makePhantomSet(settings: PhantomSettings): DataSet {
  return {
    name: "phantom",
    aliases: ["phantoms", "synthetic"],
    title: `Phantoms: ${settings.count} synthetic images`,
    citation: "none: images computed by this project",
    licence: "that of this project",
    homepage: "",
    access: { kind: "built in" },
    expected: null,
    knownFiles: [],
    cautions: ["Synthetic: computed, not taken of patients. No result on them says anything about patients."],
    synthetic: true,
    recognise: (folder) => folder,
    list: () => Promise.resolve({ records: listPhantoms(settings), findings: [], folds: [] }),
  };
}

function listPhantoms(settings: PhantomSettings): ImageRecord[] {
  return Array.from({ length: settings.count }, (_, index) => {
    const { id, label, patient, device, view } = describePhantomAt(settings, index);
    return {
      id,
      image: { kind: "phantom", settings, index, part: "image" },
      masks: [{ kind: "phantom", settings, index, part: "mask" }],
      label,
      patient,
      device,
      view,
      synthetic: true,
    };
  });
}
