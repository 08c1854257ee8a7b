import { findSimilar, groupSimilar } from "../data/inspect/duplicates";
import { kFold } from "../data/split/k-fold";
import type { Progress } from "../display/progress";
import { checkSearch } from "../search/search-options";
import type { SupernetOptions } from "../search/supernet-options";
import { trainSupernet, type StepWatch } from "../search/train-supernet";
import type { Budget } from "../space/budget";
import { sizeOf } from "../train/specification";
import { searchByTrials } from "../trials/search-by-trials";
import { requireScorable, trainSharedScores, type InnerFold, type SharedScores } from "../trials/shared-scores";
import { poolStrategies } from "../trials/strategies/table";
import type { TrialSearchResult } from "../trials/trial-record";
import { checkTrials, usesShared, type CheckedTrials } from "../trials/trial-options";
import { namesOfTested } from "../train/test-door";
import { foundBy } from "./found-by";
import { supernetFolder, supernetFolds } from "./layout";
import type { Study } from "./open-study";

/** One of a study's searches by trials. */
export interface StudyTrials {
  readonly seed: number;
  /** The strategy, as folders name it; one that is not the study's own is a control, and searches within the first budget. */
  readonly slug: string;
  /** Which of the budgets, from 1. */
  readonly budget: number;
}

/**
 * Runs one of a study's searches by trials, as its settings say. Candidates are trained on inner folds of the training images of the
 * study's search fold; its validation images are kept for the derivation of the winner, and its test images are never looked at. What is
 * done is not done again; what was cut off goes on.
 *
 * @param which Which of them.
 * @param folder Its run's folder.
 * @param progress What shows how far it is; null: nothing.
 * @throws {Problem} Where the folder has another search, supernets that it uses cannot be trained, or settings and images do not fit.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function searchByTrialsOf(
  study: Study,
  which: StudyTrials,
  folder: string,
  progress: Progress | null,
): Promise<TrialSearchResult> {
  const { seed, slug, budget } = which;
  const trials = trialsOf(study, slug);
  const { space, network } = checkSearch(study.settings.search.options);
  const folds = innerFoldsOf(study, trials);
  const shared = usesShared(trials) ? await sharedScoresOf(study, seed, folds) : null;
  const withSupernet = shared === null ? [] : supernetFolds(study);
  const budgets = [trials.budget, ...trials.furtherBudgets];
  return searchByTrials(folder, {
    strategy: poolStrategies.find(({ kind }) => kind === slug)!,
    ...{ space, settings: network, seed, shared, progress, prepared: study.searchImages().prepared },
    ...{ limit: trials.limit, training: trials.training, candidates: trials.candidates },
    priced: {
      size: sizeOf(study.prepared),
      settings: study.settings.network ?? network,
      ...{ budget: budgets[budget - 1] as Budget, latency: trials.latency },
    },
    folds: folds.filter((_, index) => !withSupernet.includes(index + 1)),
    sharers: slug === foundBy(study).slug ? budgets.length : 1,
  });
}

/**
 * Trains one of the supernets that score candidates of a study's searches by trials.
 *
 * @param seed The seed of the search.
 * @param fold The inner fold that it learns from, from 1.
 * @param folder Its run's folder.
 * @param watch What shows how far it is.
 * @throws {Problem} Where the folder has another one, or there are too few images to score on.
 * @throws {Interrupted} Where it is asked to stop; all is saved, and the same call goes on.
 */
export async function trainSupernetOf(
  study: Study,
  seed: number,
  fold: number,
  folder: string,
  watch: StepWatch,
): Promise<void> {
  const { train, validation } = innerFoldsOf(study, trialsOf(study))[fold - 1]!;
  requireScorable(validation.length);
  const { prepared } = study.searchImages();
  await trainSupernet(folder, { prepared, train, searchValidation: validation }, supernetOptions(study, seed), watch);
}

/**
 * Divides the training images of a study's search fold into inner folds, by whole patients and near duplicates.
 *
 * @throws {Problem} Where a class has too few patients.
 */
export function innerFoldsOf(
  { records, inspections, searchFold, dataHash, set }: Study,
  { folds }: Pick<CheckedTrials, "folds">,
): InnerFold[] {
  const inside = new Set(searchFold.train);
  const own = records.filter(({ id }) => inside.has(id));
  const seen = inspections.filter(({ id }) => inside.has(id));
  const nearDuplicates = groupSimilar(findSimilar(seen), own).map(({ images }) => images);
  const split = kFold(own, { dataset: set.name, dataHash }, { folds, validation: 0, nearDuplicates });
  return split.folds.map((fold) => ({ train: fold.train, validation: namesOfTested(fold) }));
}

function trialsOf(study: Pick<Study, "settings">, slug = foundBy(study).slug): CheckedTrials {
  return { ...checkTrials(study.settings.search.trials ?? {}), strategy: slug };
}

function supernetOptions(study: Study, seed: number): SupernetOptions {
  const { count: _, ...options } = trialsOf(study).supernet!;
  const { space, network } = checkSearch(study.settings.search.options);
  return { ...options, space, network, seed };
}

// They are units of their own, which are done by then: they are read.
function sharedScoresOf(study: Study, seed: number, folds: readonly InnerFold[]): Promise<SharedScores> {
  const numbers = supernetFolds(study);
  return trainSharedScores({
    prepared: study.searchImages().prepared,
    folds: numbers.map((number) => folds[number - 1]!),
    options: supernetOptions(study, seed),
    folderOf: (place) => supernetFolder(study, seed, numbers[place]!),
    watch: null,
  });
}
