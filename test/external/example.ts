import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generatePhantoms, type Phantom } from "../../lib/data/phantom/phantom";
import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { logistic } from "../../lib/statistics/logistic";
import { writePicture } from "../helpers/pictures";

/** What another hospital's set is like. */
interface OtherSet {
  /** Images; default: 40. */
  readonly count?: number;
  /** The seed of the phantoms; default: 91. */
  readonly seed?: number;
  /** By what every second column is multiplied; default: 1. */
  readonly brightness?: number;
  /** Whether outlines are written; default: true. */
  readonly masks?: boolean;
  /** Phantoms that are put in too, as pictures. */
  readonly more?: readonly Phantom[];
  /** Whether the first picture is there once more with the other label, and a file that is none; default: false. */
  readonly faulty?: boolean;
}

/** Writes phantoms as a set of the user's own, in a folder with data sets. */
export function writeOtherSet(root: string, name: string, options: OtherSet = {}): void {
  const { count = 40, seed = 91, brightness = 1, masks = true, more = [], faulty = false } = options;
  const made = generatePhantoms({ count, size: 48, malignant: 0.5, random: createRandom(seed) });
  const rows = [...made, ...more].map(({ pixels, mask, label, size, patient }, index) => {
    const file = `scan${String(index).padStart(3, "0")}`;
    const form = { width: size, height: size };
    const level = (column: number, row: number) =>
      Math.round(255 * (column % 2 === 0 ? 1 : brightness) * pixels[row * size + column]!);
    mkdirSync(join(root, name, label), { recursive: true });
    writePicture(join(root, name, label, `${file}.png`), level, form);
    const inside = (column: number, row: number) => (mask[row * size + column]! > 0 ? 255 : 0);
    if (masks) writePicture(join(root, name, label, `${file}_mask.png`), inside, form);
    return `${file},${patient}`;
  });
  if (faulty) {
    const other = made[0]!.label === "benign" ? "malignant" : "benign";
    for (const end of [".png", "_mask.png"])
      copyFileSync(join(root, name, made[0]!.label, `scan000${end}`), join(root, name, other, `again${end}`));
    writeFileSync(join(root, name, other, "broken.png"), "no picture");
    rows.push("again,p-again", "broken,p-broken");
  }
  writeFileSync(join(root, name, "images.csv"), ["image,patient", ...rows, ""].join("\n"));
}

/** What invented networks say. */
interface InventedNetworks {
  /** How the patients are called; of two sets, differently. */
  readonly set: string;
  readonly patients?: number;
  /** How far malignant logits lie above benign ones, in standard deviations. */
  readonly distance?: number;
  /** What is added to all logits. */
  readonly offset?: number;
  readonly folds?: number;
  readonly seeds?: readonly number[];
  /** Whether each network is asked for all images, as of another set; default: each fold for its own. */
  readonly all?: boolean;
  /** Whether validation predictions are among them. */
  readonly validation?: boolean;
}

/** Invents what the networks of a cross-validation say: every network sees the image's own logit, and an error of its own. */
export function inventNetworks(options: InventedNetworks): PredictionSet {
  const { set, patients = 120, distance = 2, offset = 0, folds = 3, seeds = [1], all = false } = options;
  const random = createRandom(3).split(set);
  const images = Array.from({ length: patients }, (_, index) => {
    const label = index % 5 < 2 ? (1 as const) : (0 as const);
    return {
      id: `${set} ${index}`,
      patient: `${set} patient ${index}`,
      label,
      logit: distance * (label - 0.5) + random.normal(),
    };
  });
  const rows = seeds.flatMap((seed) =>
    Array.from({ length: folds }, (_, fold) =>
      images.flatMap((image, index): Prediction[] => {
        const inFold = index % folds === fold;
        const held = options.validation === true && index % folds === (fold + 1) % folds;
        const parts: Prediction["part"][] = all || inFold ? ["test"] : held ? ["validation"] : [];
        return parts.map((part) => {
          const logit = image.logit + offset + 0.3 * random.normal();
          return { ...image, logit, probability: logistic(logit), fold: `fold ${fold + 1}`, seed, part };
        });
      }),
    ).flat(),
  );
  return { model: "ENAS", kind: "found", rows };
}
