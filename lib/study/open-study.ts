import { tellProgressOf } from "../display/progress";
import type { Inspection } from "../data/inspect/inspection";
import { prepare } from "../data/prepare/prepare";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import type { DataSet } from "../data/sets/data-set";
import type { Fold, Split } from "../data/split/split";
import { resultsRoot } from "../runtime/environment";
import { hashJson } from "../runs/sealed-json";
import type { SearchImages } from "../search/searcher";
import type { Attempted } from "./attempt";
import { decisive, type StudyChoice } from "./changes";
import { preparationOf } from "./choose-images";
import { chosenStudy } from "./chosen-study";
import { fitToImages } from "./fit-to-images";
import { nameStudy, type NamedStudy } from "./name-study";
import { planPower, type PlannedPower } from "./planned-power";
import { keepFacts } from "./study-facts";
import { loadStudyImages } from "./study-images";
import { keepSplit, searchFoldOf } from "./study-split";
import { tellCosts } from "./tell-costs";

/** A study that is open: its settings, its images, and where its results lie. */
export interface Study extends NamedStudy {
  readonly records: readonly ImageRecord[];
  /** What was seen of their files, in the same order. */
  readonly inspections: readonly Inspection[];
  /** The same as a fold tests them, where that is with found outlines and it learns from the expert's; null: as it learns from them. */
  readonly tested: Pick<Study, "records" | "inspections"> | null;
  /** The data set: citation, licence, cautions. */
  readonly set: DataSet;
  readonly dataHash: string;
  /** Which images these are, in words; null: all of the set. */
  readonly sample: string | null;
  /** How many images are left out because nothing says where their lesion is. */
  readonly withoutLesion: number;
  /** What was decided about images and settings, because the set is as it is, in sentences. */
  readonly notices: readonly string[];
  /** The folds, as `split.json` in the study's folder keeps them. */
  readonly split: Split;
  readonly prepared: Prepared;
  /** What its patients can show by the primary endpoint, from their numbers alone; `study.json` keeps it from the first opening on. */
  readonly power: Attempted<PlannedPower>;
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
  const { dataset, changes } = named;
  const images = await loadStudyImages(named);
  const { records, inspections, tested, set, dataHash, sample, split, withoutLesion, notices: decided } = images;
  const searchFold = searchFoldOf(split, named.settings);
  const { settings, notices: fitted } = fitToImages(named.settings, split, searchFold);

  const preparation = preparationOf(settings, records);
  const prepareAt = (size: number | undefined) =>
    prepare(records, size === undefined ? preparation : { ...preparation, size }, {
      onProgress: tellProgressOf("prepare"),
    });
  const prepared = await prepareAt(undefined);
  const searchSize = settings.search.size ?? prepared.size;
  const searched = searchSize === prepared.size ? prepared : await prepareAt(searchSize);

  const costs = tellCosts(settings, { images: records.length, folds: split.folds.length });
  const power = planPower({ records, split, settings });
  const hashes = { dataHash, prepared: prepared.hash, sample, split: hashJson(split) };
  const facts = { settings: decisive(settings), changes, dataset, ...hashes, power: power.value };
  keepFacts(named, facts, split.folds.length);
  if (!images.kept) keepSplit(named, split);
  return {
    ...named,
    ...{ settings, withoutLesion, notices: [...decided, ...fitted, ...costs] },
    ...{ records, inspections, tested, set, dataHash, sample, split, prepared, power, searchFold },
    searchImages: () => ({ prepared: searched, train: searchFold.train, searchValidation: searchFold.validation }),
  };
}
