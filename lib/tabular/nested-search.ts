import { rmSync } from "node:fs";
import { join } from "node:path";

import { prepare } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import { loadDataSet } from "../data/sets/load";
import type { Fold, Split } from "../data/split/split";
import { readSplit, writeSplit } from "../data/split/split-file";
import type { Progress } from "../display/progress";
import { dataRoot } from "../runtime/environment";
import { hearSignals } from "../runs/stop";
import { sizeOf } from "../train/specification";
import { searchByTrials } from "../trials/search-by-trials";
import { trainSharedScores } from "../trials/shared-scores";
import { poolStrategies } from "../trials/strategies/table";
import { readTrialSearch, type TrialSearchResult } from "../trials/trial-record";
import { checkTrials, usesShared } from "../trials/trial-options";
import type { TellProgress } from "../units/serve-unit";
import { innerFoldsOf, splitByProtocol } from "./folds";
import type { NestedOptions } from "./nested-options";
import { readProtocol, stepOf, type Protocol } from "./protocol";

/** A search on an outer fold. */
export interface NestedSearch {
  readonly arm: string;
  /** Its seed. */
  readonly search: number;
  /** The outer fold, from 1. */
  readonly fold: number;
}

/** Where searches on outer folds are under way, and their images. */
export interface NestedPlace {
  readonly workFolder: string;
  /** The folder with the data sets; default: `SONONAS_DATA`, else `data/`. */
  readonly dataRoot?: string | undefined;
}

/**
 * Makes the folds that searches on outer folds need, and keeps them where their processes read them.
 *
 * @returns The split: for each outer fold its inner ones, one after the other.
 * @throws {Problem} Where the images are not there, or a class has too few patients.
 */
export async function keepNestedSplit(protocol: Protocol, place: NestedPlace): Promise<Split> {
  const loaded = await loadDataSet(protocol.dataset, { root: place.dataRoot ?? dataRoot() });
  const split = splitByProtocol(loaded, protocol.folds);
  writeSplit(splitFile(place), split);
  return split;
}

/** Gives the folder of a search while it is under way. */
export function folderOfSearch({ workFolder }: NestedPlace, { arm, search, fold }: NestedSearch): string {
  return join(workFolder, `nested-fold-${fold}-${arm}-search-${search}`);
}

/** Reads what a search that is done came to. */
export function readNestedSearch(place: NestedPlace, one: NestedSearch): TrialSearchResult {
  return readTrialSearch(runFolderOf(place, one));
}

/** Removes what searches have left, once it is in the table. */
export function forgetSearches(place: NestedPlace, searches: readonly NestedSearch[]): void {
  for (const one of searches) rmSync(folderOfSearch(place, one), { recursive: true });
}

/** Removes the folds once all is measured. */
export function forgetNestedSplit(place: NestedPlace): void {
  rmSync(splitFile(place));
}

/**
 * Searches on an outer fold, by the trials of an arm on the inner folds of what the outer fold does not test. A search that was cut off
 * goes on after its last training.
 *
 * @param folder The benchmark's folder.
 * @param step The step's name.
 * @param one Which search.
 * @param tell Told how many processor seconds, or trainings, are used.
 * @throws {Problem} Where there is no such step, the folds were not kept, or a training fails.
 * @throws {Interrupted} Where it is asked to stop; all is saved.
 */
export async function searchOuterFold(
  folder: string,
  step: string,
  one: NestedSearch,
  place: NestedPlace,
  tell: TellProgress,
): Promise<void> {
  const protocol = readProtocol(folder);
  const options = stepOf(protocol, step).nested!;
  const trials = checkTrials({ ...options.arms[one.arm]!, folds: protocol.folds.inner });
  const { space, settings } = protocol.sets[options.set]!;
  const { prepared, inner } = await openImages(protocol, options, one.fold, place);
  // No test part goes further from here.
  const folds = inner.map(({ train, validation }) => ({ train, validation }));
  const scored = usesShared(trials) ? trials.supernet!.count : 0;
  const own = folds.slice(0, folds.length - scored);
  const { count: _, ...supernet } = trials.supernet ?? { count: 0 };
  const shared =
    scored === 0
      ? null
      : await trainSharedScores({
          ...{ prepared, folds: folds.slice(own.length), watch: null },
          options: { ...supernet, space, network: settings, seed: one.search },
          folderOf: (number) => join(folderOfSearch(place, one), `supernet-${number + 1}`),
        });
  const { size, multiplyAdds } = protocol.bin;
  await searchByTrials(runFolderOf(place, one), {
    strategy: poolStrategies.find(({ kind }) => kind === trials.strategy)!,
    ...{ space, settings, prepared, shared, folds: own, seed: one.search, progress: progressTo(tell) },
    priced: {
      size: { ...sizeOf(prepared), height: size, width: size },
      settings,
      budget: options.budget ?? { multiplyAdds },
    },
    ...{ candidates: trials.candidates, training: trials.training, limit: trials.limit },
  });
}

async function openImages(
  protocol: Protocol,
  { size }: NestedOptions,
  fold: number,
  place: NestedPlace,
): Promise<{ readonly prepared: Prepared; readonly inner: readonly Fold[] }> {
  const { records, dataHash } = await loadDataSet(protocol.dataset, { root: place.dataRoot ?? dataRoot() });
  const split = readSplit(splitFile(place), { dataHash });
  return {
    prepared: await prepare(records, { ...protocol.preparation, size }),
    inner: innerFoldsOf(split, protocol.folds, fold),
  };
}

function progressTo(tell: TellProgress): Progress {
  let done = 0;
  return {
    async advance(count = 1, note = "") {
      tell((done += count), null, note);
      await hearSignals();
    },
    finish: () => undefined,
  };
}

const splitFile = ({ workFolder }: NestedPlace) => join(workFolder, "nested-split.json");
const runFolderOf = (place: NestedPlace, one: NestedSearch) => join(folderOfSearch(place, one), "search");
