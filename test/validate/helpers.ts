import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generatePhantoms } from "../../lib/data/phantom/phantom";
import type { GivenPlan, StudyModel } from "../../lib/validate/plan";
import { createRandom } from "../../lib/runtime/random";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { plainCnn } from "../train/helpers";
import { writePicture } from "../helpers/pictures";

/** How many images the set has. */
export const images = 24;

/** Writes a data set of small phantoms as one of the user's own, called "tiny". */
export function writeTinySet(root: string, count: number = images): void {
  const phantoms = generatePhantoms({
    ...{ count, size: 48, malignant: 0.5, difficulty: 0.1, random: createRandom(5) },
  });
  const rows = phantoms.map(({ pixels, label, size, patient }, index) => {
    const name = `image${String(index).padStart(String(count - 1).length, "0")}`;
    mkdirSync(join(root, "tiny", label), { recursive: true });
    writePicture(
      join(root, "tiny", label, `${name}.png`),
      (column, row) => Math.round(255 * pixels[row * size + column]!),
      { width: size, height: size },
    );
    return `${name}.png,${patient}`;
  });
  writeFileSync(join(root, "tiny", "images.csv"), ["image,patient", ...rows, ""].join("\n"));
}

/** The smallest model. */
export const tinyModel: StudyModel = { name: "Plain CNN", kind: "hand-crafted", network: plainCnn };

/** A plan of two units that take a second each, in this process or in others alike. */
export function tinyPlan(root: string, other: Partial<GivenPlan> = {}): GivenPlan {
  return {
    dataset: "tiny",
    dataRoot: root,
    preparation: { size: 16, region: { kind: "whole" } },
    split: { folds: 2, validation: 0.3 },
    models: [tinyModel],
    training: { epochs: 4, batchSize: 4, augment: { shift: 2 }, schedule: { kind: "constant", rate: 0.01 } },
    threads: describeRuntime().threads,
    ...other,
  };
}
