import { groupOf } from "../data/records/record";
import type { LoadedSet } from "../data/sets/load";
import type { Fold } from "../data/split/split";
import { Problem } from "../runtime/problem";
import { requireScorable } from "../trials/shared-scores";
import { checkTrials, usesShared, type TrialsOptions } from "../trials/trial-options";
import type { StudySettings } from "./study-settings";

/** The images of a draw where a search says nothing. */
const usualDraw = 64;

/** The folds of a set that has none of its own. */
const folds = 5;

/**
 * Makes sure that a set has patients enough of each class for the folds of a study; a set with folds of its own is not asked.
 *
 * @throws {Problem} Where it has too few; says how many are needed, and why.
 */
export function requireEnough({ records, folds: own, set }: Pick<LoadedSet, "records" | "folds" | "set">): void {
  if (own.length > 0 || records.every(({ part }) => part !== undefined)) return;
  for (const label of ["benign", "malignant"] as const) {
    const images = records.filter((record) => record.label === label);
    const patients = new Set(images.map(groupOf)).size;
    if (patients >= folds) continue;
    const named = images.some(({ patient }) => patient !== undefined);
    throw new Problem(
      `${set.title}: ${images.length} usable ${label} images${named ? ` of ${patients} patients` : ""}, and a study needs images of ${folds} ${label} patients at least: each of its ${folds} folds is tested on patients of both classes that no other fold tests.`,
      `Bring in more images. npm run data -- audit ${set.name} counts what there is; how sure a result can be, grows with their number.`,
    );
  }
}

/** The images of a batch where a training or a search says nothing. */
const usualBatch = 32;

/** Folds, of which only the training parts count. */
interface TrainingParts {
  readonly folds: readonly Pick<Fold, "train">[];
}

/**
 * Fits the settings of a study to how many images it has. A draw of the reward holds no more than there are; a batch that would
 * hold more than a training part becomes half of that part, so that an epoch has two steps. Where nothing has to be fitted, the
 * settings are the same.
 *
 * @param split The folds of the study.
 * @param searchFold The fold of the search.
 * @returns The settings, and what was fitted, in sentences.
 * @throws {Problem} Where inner folds would have too few images for the supernets of a search.
 */
export function fitToImages(
  settings: StudySettings,
  split: TrainingParts,
  searchFold: Pick<Fold, "train" | "validation">,
): { settings: StudySettings; notices: readonly string[] } {
  const notices: string[] = [];
  const { search, derive, control, training } = settings;
  const least = Math.min(...split.folds.map(({ train }) => train.length));
  const batchIn = <Options extends { readonly batchSize?: number | undefined }>(
    place: string,
    options: Options,
    images: number,
  ): Options => {
    const size = options.batchSize ?? usualBatch;
    if (size <= images) return options;
    // An even number, which two classes can share.
    const batchSize = Math.max(2, 2 * Math.floor(images / 4));
    notices.push(`${place} is ${batchSize} and not ${size}: a training part has ${images} images.`);
    return { ...options, batchSize };
  };
  const { reward } = search.options;
  const [draw, most] = [reward?.batchSize ?? usualDraw, searchFold.validation.length];
  const drawn = draw <= most ? search.options : { ...search.options, reward: { ...reward, batchSize: most } };
  if (draw > most)
    notices.push(`search.options.reward.batchSize is ${most} and not ${draw}: so many images there are.`);
  const inSearch = searchFold.train.length;
  const trials = search.trials ?? null;
  const fittedTrials = trials === null ? {} : { trials: fitTrials(trials, inSearch, batchIn) };
  const fitted = {
    ...settings,
    search: { ...search, ...fittedTrials, options: batchIn("search.options.batchSize", drawn, inSearch) },
    derive: { ...derive, training: batchIn("derive.training.batchSize", derive.training ?? {}, inSearch) },
    control: { ...control, training: batchIn("control.training.batchSize", control.training ?? {}, inSearch) },
    training: batchIn("training.batchSize", training, least),
  };
  return notices.length === 0 ? { settings, notices } : { settings: fitted, notices };
}

/** Fits options with a batch to the number of images that they have, by their place in the settings. */
type BatchIn = <Options extends { readonly batchSize?: number | undefined }>(
  place: string,
  options: Options,
  images: number,
) => Options;

// Their training parts are those of inner folds.
function fitTrials(given: TrialsOptions, images: number, batchIn: BatchIn): TrialsOptions {
  const checked = checkTrials(given);
  const { folds, training } = checked;
  // Supernets are trained last of all before a search: too few images are told before anything is.
  if (usesShared(checked)) requireScorable(Math.floor(images / folds));
  const inner = Math.floor((images * (folds - 1)) / folds);
  const { supernet } = given;
  return {
    ...given,
    training: batchIn("search.trials.training.batchSize", given.training ?? training, inner),
    ...(supernet === undefined || supernet === null
      ? {}
      : { supernet: batchIn("search.trials.supernet.batchSize", supernet, inner) }),
  };
}
