import { tellProgressOf } from "../display/progress";
import type { Inspection } from "../data/inspect/inspection";
import { preparations } from "../data/prepare/presets";
import { prepare } from "../data/prepare/prepare";
import type { PreparationOptions } from "../data/prepare/configuration";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import type { DataSet } from "../data/sets/data-set";
import { loadDataSet, type LoadedSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import type { Fold, Split } from "../data/split/split";
import { sampleImages } from "../data/split/sample";
import { resultsRoot } from "../runtime/environment";
import { hashJson } from "../runs/sealed-json";
import type { SearchImages } from "../search/searcher";
import { decisive, type StudyChoice } from "./changes";
import { chosenStudy } from "./chosen-study";
import { nameStudy, type NamedStudy } from "./name-study";
import { keepFacts, readFacts } from "./study-facts";
import type { StudySettings } from "./study-settings";
import { keepSplit, readKeptSplit, searchFoldOf } from "./study-split";

/** A study that is open: its settings, its images, and where its results lie. */
export interface Study extends NamedStudy {
  readonly records: readonly ImageRecord[];
  /** What was seen of their files, in the same order. */
  readonly inspections: readonly Inspection[];
  /** The data set: citation, licence, cautions. */
  readonly set: DataSet;
  readonly dataHash: string;
  /** Which images these are, in words; null: all of the set. */
  readonly sample: string | null;
  /** The folds, as `split.json` in the study's folder keeps them. */
  readonly split: Split;
  readonly prepared: Prepared;
  /**
   * Gives the images of the search, at its size: those to train shared weights with, and those to score architectures on. Both
   * are of the training part of one fold.
   */
  searchImages(): SearchImages;
  /** The fold whose training part the search sees. */
  readonly searchFold: Fold;
}

/**
 * Opens a study: loads, splits and prepares its images, and finds its folder in `results`. What the study is, its changes
 * included, and its split are kept there.
 *
 * @param choice Profile, data set and changes; default: the study that was chosen for all notebooks, see `chosenStudy`.
 * @param root The folder with all results; default: the project's.
 * @throws {Problem} Where the data set is not there or something is wrong with it, where there is no such profile or setting, where
 *   settings ask for a fold that is not there, or where the folder holds results of other settings or other data. Nothing is
 *   written then.
 */
export async function openStudy(choice: StudyChoice | null = null, root: string = resultsRoot): Promise<Study> {
  const named = choice === null ? chosenStudy(root) : nameStudy(choice, root);
  const { settings, dataset, changes } = named;
  const { onContradiction, allowGroupsAcrossParts } = settings;
  const loaded = await loadDataSet(dataset, { onContradiction, onProgress: tellProgressOf(`look at ${dataset}`) });
  const { records, inspections, sample } = chooseImages(loaded, settings);
  const stored = readFacts(named);
  const kept = stored?.dataHash === loaded.dataHash ? readKeptSplit(named, loaded.dataHash) : null;
  const split = kept ?? {
    ...splitSet({ ...loaded, records, inspections }, { allowGroupsAcrossParts }),
    sample,
  };
  const searchFold = searchFoldOf(split, settings);

  const preparation = preparationOf(settings, records);
  const prepareAt = (size: number | undefined) =>
    prepare(records, size === undefined ? preparation : { ...preparation, size }, {
      onProgress: tellProgressOf("prepare"),
    });
  const prepared = await prepareAt(undefined);
  const searchSize = settings.search.size ?? prepared.size;
  const searched = searchSize === prepared.size ? prepared : await prepareAt(searchSize);

  const { dataHash } = loaded;
  const hashes = { dataHash, prepared: prepared.hash, sample, split: hashJson(split) };
  keepFacts(named, { settings: decisive(settings), changes, dataset, ...hashes }, split.folds.length);
  if (kept === null) keepSplit(named, split);
  return {
    ...named,
    ...{ records, inspections, set: loaded.set, dataHash, sample, split, prepared, searchFold },
    searchImages: () => ({ prepared: searched, train: searchFold.train, searchValidation: searchFold.validation }),
  };
}

/** Leaves out images of normal tissue, and draws a sample where the settings say so. */
function chooseImages(loaded: LoadedSet, settings: StudySettings): Pick<Study, "records" | "inspections" | "sample"> {
  const usable = loaded.records.filter(({ label }) => label !== "normal");
  const drawn =
    settings.sample === null || settings.sample.count >= usable.length ? null : sampleImages(usable, settings.sample);
  const kept = new Set((drawn?.records ?? usable).map(({ id }) => id));
  const places = loaded.records.flatMap(({ id }, place) => (kept.has(id) ? [place] : []));
  return {
    records: places.map((place) => loaded.records[place]!),
    inspections: places.map((place) => loaded.inspections[place]!),
    sample: drawn?.description ?? null,
  };
}

/** Says how images become numbers: by a square around the lesion where all of them have masks, else whole. */
export function preparationOf(
  { preparation }: Pick<StudySettings, "preparation">,
  records: readonly ImageRecord[],
): PreparationOptions {
  const masks = records.every((record) => record.masks.length > 0);
  return { ...(masks ? preparations.squareContext : preparations.wholeImage), ...preparation };
}
