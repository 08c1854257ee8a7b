import { computeNormalisation } from "../data/prepare/normalise";
import { hashOf } from "../files/checksum";
import { canonicalJson } from "../files/canonical-json";
import { readRun } from "../runs/read-run";
import { Problem } from "../runtime/problem";
import { leastBatch, scoreShared } from "../search/score-shared";
import type { SearchImages } from "../search/searcher";
import type { SupernetOptions } from "../search/supernet-options";
import { trainSupernet, type StepWatch } from "../search/train-supernet";
import type { Architecture, Space } from "../space/kinds";
import { checkSpace } from "../space/space";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { mean } from "../statistics/summary";
import { differencesOf } from "../train/predict";

/** Images to learn from and to validate on. Test images have no place here. */
export interface InnerFold {
  readonly train: readonly string[];
  readonly validation: readonly string[];
}

/** What scores networks with shared weights, and what that has cost. */
export interface SharedScores {
  /** The space that the weights are of. */
  readonly space: Space;
  /** Gives the mean area of a network over the supernets, each on the validation images of its own fold. */
  score(architecture: Architecture): number;
  /** Processor seconds of the training of all supernets. */
  readonly seconds: number;
  /** The images that scores are of, by id. */
  readonly images: readonly string[];
  /** What tells these supernets from others: a hash. */
  readonly identity: string;
}

/** What training supernets on inner folds needs. */
export interface SharedScoresTask {
  readonly prepared: SearchImages["prepared"];
  /** The folds that have a supernet each: it learns from the training part and scores on the validation part. */
  readonly folds: readonly InnerFold[];
  readonly options: SupernetOptions;
  /** Gives the folder of the run of a fold, from its place among the folds. */
  readonly folderOf: (place: number) => string;
  /** Makes what shows how far the supernet of a fold is; null: nothing. */
  readonly watch: ((place: number) => StepWatch) | null;
}

/**
 * Trains a supernet on each of some inner folds, by architectures that nothing has chosen, to score networks by: each on images from which
 * its weights have not learned. What is trained is not trained again; what was cut off goes on.
 *
 * @throws {Problem} Where a folder has another supernet, does not say what it has cost, or options or images do not fit.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainSharedScores(task: SharedScoresTask): Promise<SharedScores> {
  const { prepared, folds, options, folderOf, watch } = task;
  for (const { validation } of folds) requireScorable(validation.length);
  const scorers: ((architecture: Architecture) => number)[] = [];
  const outcomes: string[] = [];
  let seconds = 0;
  for (const [place, { train, validation }] of folds.entries()) {
    const folder = folderOf(place);
    const images = { prepared, train, searchValidation: validation };
    const trained = await trainSupernet(folder, images, options, watch?.(place) ?? null);
    if (trained.processorSeconds === null)
      throw new Problem(
        `${folder} does not say how many processor seconds its supernet has cost, which a search has to pay.`,
        "Remove the folder to train it again.",
      );
    seconds += trained.processorSeconds;
    outcomes.push(readRun(folder).outcome!.hash);
    const normalisation = computeNormalisation(prepared, train);
    scorers.push((architecture) => {
      const logits = scoreShared(
        { ...trained, prepared, ids: validation, learned: train, normalisation },
        architecture,
      );
      return areaUnderCurve(differencesOf(logits.values), [...logits.labels]);
    });
  }
  return {
    ...{ seconds, space: checkSpace(options.space), identity: hashOf(canonicalJson(outcomes)) },
    images: [...new Set(folds.flatMap(({ validation }) => validation))],
    score: (architecture) => mean(scorers.map((score) => score(architecture))),
  };
}

/**
 * Makes sure that an inner fold has images enough to score on, before a supernet is trained for it.
 *
 * @param images Its validation images.
 * @throws {Problem} Where there are too few.
 */
export function requireScorable(images: number): void {
  if (images >= leastBatch) return;
  throw new Problem(
    `An inner fold with a supernet has ${images} validation images, expected at least ${leastBatch}: normalisations take their statistics.`,
    "Ask for fewer inner folds, bring in more images, or choose a strategy without shared weights.",
  );
}
