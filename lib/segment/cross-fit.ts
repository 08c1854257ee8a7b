import { join } from "node:path";

import { groupOf, type ImageRecord } from "../data/records/record";
import type { LoadedSet } from "../data/sets/load";
import type { Fold, Split } from "../data/split/split";
import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { folderNameOf } from "../files/folder-name";
import { Problem } from "../runtime/problem";
import { readOutcome } from "../runs/outcome";
import { listenForStop, type StopListener } from "../runs/stop";
import { keepOutlines } from "./keep-outlines";
import { outlinesFolder, trainingFolder } from "./outlines-folder";
import { prepareMasks } from "./prepare-masks";
import type { SegmentationOptions } from "./segmentation-options";
import { watchSegmentation, type SegmentationRecord } from "./segmentation-record";
import { trainSegmentation, type TrainedSegmentation } from "./train-segmentation";
import type { TrainingWatch } from "../train/watch-training";
import { namesOfTested } from "../train/test-door";

/** The parts of a fold that networks may learn from, by their names. */
export const learnedParts = ["all but test", "training part"] as const;
type LearnedPart = (typeof learnedParts)[number];

/** How outlines are cross-fitted; all of it may be left out. */
export interface CrossFitOptions {
  /** How the networks learn; default: all by default. */
  readonly segmentation: SegmentationOptions;
  /**
   * What networks learn from: "all but test", where the validation images are learned from as well, as nothing is chosen by them; or
   * "training part", where they are measured after each epoch, to choose settings or weights by them. Default: "all but test".
   */
  readonly learnFrom: LearnedPart;
  /** The folds that are done, from 1; null: all. Others are left for later. Default: null. */
  readonly folds: readonly number[] | null;
  /** Makes what shows how far the training of a fold is; default: a bar and curves. null: nothing. */
  readonly watch: ((fold: string) => TrainingWatch<SegmentationRecord>) | null;
}

/**
 * Lets networks find the lesions of a set, each image by one that has not seen its patient: on each fold of a split one learns from the
 * other images, and outlines the test part. What was begun before goes on from its checkpoint, and what is done is not done again.
 *
 * Each fold has a folder of its own, with the training, and with masks as PNG files of the pictures' sizes.
 *
 * @param folder Where all of it is kept.
 * @param loaded The set. All images need masks to learn from.
 * @param split Its folds; every image is in one test part at most.
 * @throws {Problem} Where the split is not of this set, puts images of a patient on both sides, or a fold is asked for that it has not.
 * @throws {Interrupted} Where it was asked to stop; all is saved, and the same call goes on.
 */
export async function crossFit(
  folder: string,
  loaded: LoadedSet,
  split: Split,
  options: Partial<CrossFitOptions> = {},
): Promise<void> {
  const { segmentation = {}, folds = null, learnFrom = "all but test" } = options;
  const { watch = (fold) => watchSegmentation(`U-Net, ${fold}`) } = options;
  if (split.dataHash !== loaded.dataHash) {
    throw new Problem(
      `The split ${split.name} is of ${split.dataset} with the hash ${split.dataHash}, and ${loaded.set.title} has ${loaded.dataHash}.`,
      "Load the data that it was made of, or split these.",
    );
  }
  const numbers = folds ?? split.folds.map((_, index) => index + 1);
  const chosen = numbers.map((number) => {
    const fold = split.folds[number - 1];
    if (fold !== undefined) return fold;
    throw new Problem(
      `Fold ${number} was asked for, but the split ${split.name} has ${split.folds.length}.`,
      `Choose among 1 to ${split.folds.length}.`,
    );
  });
  for (const fold of split.folds) requirePatientsApart(fold, loaded.records);
  const prepared = await prepareMasks(loaded.records, segmentation);
  const stop = listenForStop();
  try {
    for (const fold of chosen) {
      stop.check();
      const place = join(folder, folderNameOf(fold.name));
      const trained = await trainSegmentation(join(place, trainingFolder), {
        images: { prepared, ...learnedImages(fold, learnFrom) },
        options: segmentation,
        watch: watch === null ? null : watch(fold.name),
      });
      try {
        await outlineFold(place, { loaded, fold, trained, stop });
      } finally {
        trained.weights.dispose();
      }
    }
  } finally {
    stop.end();
  }
}

function learnedImages({ train, validation }: Fold, learnFrom: LearnedPart) {
  if (learnFrom === "training part") return { train, validation };
  return { train: [...train, ...validation], validation: [] };
}

interface FoldWork {
  readonly loaded: LoadedSet;
  readonly fold: Fold;
  readonly trained: TrainedSegmentation;
  readonly stop: StopListener;
}

/** Finds the outlines of a fold's test part, and keeps them. */
async function outlineFold(place: string, { loaded, fold, trained, stop }: FoldWork): Promise<void> {
  const training = readOutcome(join(place, trainingFolder))!;
  const byId = new Map(loaded.records.map((record) => [record.id, record]));
  await keepOutlines(join(place, outlinesFolder), {
    ...{ records: namesOfTested(fold).map((id) => byId.get(id)!), fold: fold.name, network: trained, stop },
    seen: trained.seen,
    inputs: { data: loaded.dataHash, fold: hashOf(canonicalJson(fold)), training: training.hash },
  });
}

// What a network outlines must be of patients that it has not seen, whatever the split was allowed to do.
function requirePatientsApart(fold: Fold, records: readonly ImageRecord[]): void {
  const { name, train, validation } = fold;
  const groups = new Map(records.map((record) => [record.id, groupOf(record)]));
  const seen = new Set([...train, ...validation].map((id) => groups.get(id)));
  const both = namesOfTested(fold).filter((id) => seen.has(groups.get(id)));
  if (both.length === 0) return;
  throw new Problem(
    `${name} tests ${both.length} images of patients whom its network would have seen, "${both[0]!}" of ${groups.get(both[0]!)!} first.`,
    "Split by patient; `splitSet` does.",
  );
}
