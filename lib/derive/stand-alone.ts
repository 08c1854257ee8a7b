import { join } from "node:path";

import { hashArchitecture } from "../space/encode";
import type { Architecture, NetworkSettings } from "../space/kinds";
import type { SearchImages } from "../search/searcher";
import { mean } from "../statistics/summary";
import { rankOf, type EpochRecord } from "../train/history";
import { trainInRun } from "../train/train-in-run";
import type { Criterion, TrainingOptions } from "../train/training-options";
import { watchTraining, type TrainingWatch } from "../train/watch-training";

/** How an architecture fared when trained from scratch. */
export interface StandAlone {
  /** Cross entropy of the search-validation images, in nats. */
  readonly loss: number;
  /** The share of search-validation images whose class was right. */
  readonly accuracy: number;
  /** The area under the ROC curve of the search-validation images. */
  readonly areaUnderCurve: number;
  /** What it is ranked by, the larger the better. */
  readonly score: number;
}

/** How architectures are trained from scratch. */
export interface StandAloneTask {
  /** The run's folder in which each architecture gets a folder, named by its hash. */
  readonly folder: string;
  /** The images of the search: trained on its training images, judged on its search-validation images. */
  readonly images: SearchImages;
  readonly network: Partial<NetworkSettings>;
  readonly training: Partial<TrainingOptions>;
  readonly criterion: Criterion;
  /** With how many seeds it is trained; what it comes to is the mean. Default: 1. */
  readonly repeats?: number | undefined;
  /** Makes what shows how far each is; null: nothing. Default: a bar each, by `watchTraining`. */
  readonly watch?: ((title: string) => TrainingWatch) | null;
}

/**
 * Trains an architecture from scratch, for a short time, and judges it on the search-validation images. What is done is not
 * done again.
 *
 * @param title What the bar says: "candidate 2 of 5".
 * @returns How it fared after its last epoch, or after the one that the training keeps; with several seeds the mean.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainStandAlone(
  architecture: Architecture,
  task: StandAloneTask,
  title: string,
): Promise<StandAlone> {
  const { images, network, training, criterion, repeats = 1 } = task;
  const { watch = (name: string) => watchTraining(name, false) } = task;
  const scores: StandAlone[] = [];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const name = `${hashArchitecture(architecture)}${repeat === 1 ? "" : `-seed-${repeat}`}`;
    // Without the seconds that it took: equal derivations have equal files. They stand in the training's folder.
    const { weights, history, keptEpoch } = await trainInRun(join(task.folder, "stand-alone", name), {
      network: { kind: "found", architecture, settings: network },
      images: { prepared: images.prepared, train: images.train, validation: images.searchValidation },
      options: repeat === 1 ? training : { ...training, seed: (training.seed ?? 1) + repeat - 1 },
      watch: watch === null ? null : watch(repeats === 1 ? title : `${title}, seed ${repeat} of ${repeats}`),
    });
    weights.dispose();
    scores.push(scoreOf(history[keptEpoch - 1]!, criterion));
  }
  const meanOf = (key: keyof StandAlone) => mean(scores.map((score) => score[key]));
  return {
    ...{ loss: meanOf("loss"), accuracy: meanOf("accuracy") },
    ...{ areaUnderCurve: meanOf("areaUnderCurve"), score: meanOf("score") },
  };
}

function scoreOf(record: EpochRecord, criterion: Criterion): StandAlone {
  const { validationLoss, validationAccuracy, validationArea } = record;
  // The search-validation part has both classes, which is checked before; what overflowed after few epochs counts as chance.
  return {
    loss: validationLoss ?? Math.LN2,
    accuracy: validationAccuracy ?? 0.5,
    areaUnderCurve: validationArea ?? 0.5,
    score: Math.max(rankOf(record, criterion), -1e9),
  };
}
