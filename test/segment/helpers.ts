import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { generatePhantoms, type Phantom } from "../../lib/data/phantom/phantom";
import { createRandom } from "../../lib/runtime/random";
import { writePicture } from "../helpers/pictures";
import { loadDataSet, type LoadedSet } from "../../lib/data/sets/load";
import { makePhantomSet } from "../../lib/data/sets/phantom-set";
import type { ImageRecord } from "../../lib/data/records/record";
import type { OutlineRow } from "../../lib/segment/outline-rows";
import { prepareMasks } from "../../lib/segment/prepare-masks";
import type { SegmentationImages } from "../../lib/segment/segmentation-learner";
import type { SegmentationOptions } from "../../lib/segment/segmentation-options";
import { trainSegmentation, type TrainedSegmentation } from "../../lib/segment/train-segmentation";

/** A segmentation that is learned in seconds. */
export const quickly: SegmentationOptions = {
  network: { channels: 4, stages: 3 },
  preparation: { size: 32 },
  ...{ epochs: 3, batchSize: 4, schedule: { kind: "constant", rate: 0.01 }, predictionBatch: 3 },
};

/** 24 easy phantoms of 64 × 64 pixels. */
export function phantomRecords(): Promise<readonly ImageRecord[]> {
  const set = makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 });
  return set.list("").then(({ records }) => records);
}

let known: Promise<SegmentationImages> | null = null;

/** The same, prepared at 32 × 32: 16 to learn from, 8 for validation. */
export function tinyImages(): Promise<SegmentationImages> {
  known ??= phantomRecords().then(async (records) => {
    const prepared = await prepareMasks(records, quickly);
    return { prepared, train: prepared.ids.slice(0, 16), validation: prepared.ids.slice(16) };
  });
  return known;
}

/** A segmentation that has learned from the first 16 of these phantoms; the caller disposes its weights. */
export async function learnedSegmentation(folder: string): Promise<TrainedSegmentation> {
  const options = { ...quickly, epochs: 12 };
  return trainSegmentation(folder, { images: await tinyImages(), options, watch: null });
}

/** Lets a segmentation find nothing any more. */
export function makeBlind({ graph, weights }: TrainedSegmentation): void {
  const bias = weights.of(graph.output, "bias");
  const less = bias.sub(1000);
  bias.assign(less);
  less.dispose();
}

/** A set of phantoms as it is loaded, of 24 images of 14 patients. */
export function phantomSet(): Promise<LoadedSet> {
  const set = makePhantomSet({ count: 24, size: 64, malignant: 0.5, difficulty: 0.1, seed: 5 });
  return loadDataSet(set, { root: ".", cacheFolder: null });
}

/** What was found in an image, as a row. */
export function rowOf(id: string, dice: number, other: Partial<OutlineRow> = {}): OutlineRow {
  return {
    ...{ id, patient: `patient of ${id}`, label: "benign", device: null, fold: "fold 1" },
    ...{ found: dice > 0, expectedDice: dice, others: 0 },
    agreement: {
      ...{ lesionShare: 0.1, dice, intersectionOverUnion: dice / (2 - dice), boxIntersectionOverUnion: dice },
      ...{ hausdorff95: dice > 0 ? 10 * (1 - dice) : null, hausdorff95Millimetres: null },
    },
    ...other,
  };
}

/** What a set of small phantoms is, beside its images. */
interface MaskedSet {
  /** Default: "tiny". */
  readonly name?: string;
  /** Default: 30. */
  readonly count?: number;
  /** Default: 5. */
  readonly seed?: number;
  /** Further columns of its table: what they hold of a phantom; default: none. */
  readonly columns?: Readonly<Record<string, (phantom: Pick<Phantom, "patient" | "label">, index: number) => string>>;
}

/** Writes a data set of small phantoms with masks as one of the user's own. */
export function writeMaskedSet(
  root: string,
  { name: set = "tiny", count = 30, seed = 5, columns = {} }: MaskedSet = {},
): void {
  const phantoms = generatePhantoms({ count, size: 48, malignant: 0.5, difficulty: 0.1, random: createRandom(seed) });
  const rows = phantoms.map(({ pixels, mask, label, size, patient }, index) => {
    const name = `image${String(index).padStart(2, "0")}`;
    mkdirSync(join(root, set, label), { recursive: true });
    const write = (file: string, levels: ArrayLike<number>) =>
      writePicture(join(root, set, label, file), (column, row) => Math.round(255 * levels[row * size + column]!), {
        width: size,
        height: size,
      });
    write(`${name}.png`, pixels);
    write(`${name}_mask.png`, mask);
    return [`${name}.png`, patient, ...Object.values(columns).map((of) => of({ patient, label }, index))].join(",");
  });
  writeFileSync(
    join(root, set, "images.csv"),
    [["image", "patient", ...Object.keys(columns)].join(","), ...rows, ""].join("\n"),
  );
}
