import { join } from "node:path";

import { tellProgressOf } from "../display/progress";
import type { Inspection } from "../data/inspect/inspection";
import { preparations } from "../data/prepare/presets";
import { prepare } from "../data/prepare/prepare";
import type { PreparationOptions } from "../data/prepare/configuration";
import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import type { DataSet } from "../data/sets/data-set";
import { loadDataSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import type { Fold, Split } from "../data/split/split";
import { sampleImages } from "../data/split/sample";
import { canonicalJson } from "../files/canonical-json";
import { writeAtomically } from "../files/write-atomically";
import { readVariable, resultsRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import type { SearchImages } from "../search/searcher";
import { readStudyFile } from "./study-file";
import { settingsOf } from "./settings-of";
import type { ProfileName, StudyChoice, StudySettings } from "./study-settings";

/** A study that is open: its settings, its images, and where its results lie. */
export interface Study extends StudyChoice {
  /** The settings of its profile. */
  readonly settings: StudySettings;
  /** Its name, which is that of its folder in `results`: "bus-bra-quick". */
  readonly name: string;
  /** The images' records. */
  readonly records: readonly ImageRecord[];
  /** What was seen of their files, in the same order. */
  readonly inspections: readonly Inspection[];
  /** The data set: citation, licence, cautions. */
  readonly set: DataSet;
  /** The hash of the set's data. */
  readonly dataHash: string;
  /** Which images these are, in words; null: all of the set. */
  readonly sample: string | null;
  /** The folds. */
  readonly split: Split;
  /** The images as networks take them. */
  readonly prepared: Prepared;
  /**
   * Gives the path of something in the study's folder.
   *
   * @param parts The names on the way.
   */
  path(...parts: string[]): string;
  /**
   * Gives the images of the search, at its size: those to train shared weights with, and those to reward on. Both are of the
   * training part of one fold.
   */
  searchImages(): SearchImages;
  /** The fold whose training part the search sees. */
  readonly searchFold: Fold;
}

/**
 * Says which study a notebook belongs to: the one that `npm run study` names, else the one that the notebook's settings name.
 *
 * @param settings What stands in the notebook.
 * @returns Profile and data set.
 */
export function chooseStudy(settings: StudyChoice): StudyChoice {
  return {
    profile: (readVariable("SONONAS_PROFILE") as ProfileName | undefined) ?? settings.profile,
    dataset: readVariable("SONONAS_DATASET") ?? settings.dataset,
  };
}

/**
 * Opens a study: loads, splits and prepares its images, and finds its folder in `results`.
 *
 * @param choice Profile and data set; see {@link chooseStudy}.
 * @param root The folder with all results; default: the project's.
 * @returns The study.
 * @throws {Problem} Where the data set is not there or something is wrong with it, where there is no such profile, or where the
 *   folder holds results of other settings or other data.
 */
export async function openStudy(choice: StudyChoice, root: string = resultsRoot): Promise<Study> {
  const settings = settingsOf(choice);
  const { dataset } = choice;
  const name = `${dataset}-${settings.profile}`;
  const folder = join(root, name);
  const { onContradiction, allowGroupsAcrossParts } = settings;
  const loaded = await loadDataSet(dataset, { onContradiction, onProgress: tellProgressOf(`look at ${dataset}`) });
  const usable = loaded.records.filter(({ label }) => label !== "normal");
  const drawn =
    settings.sample === null || settings.sample.count >= usable.length ? null : sampleImages(usable, settings.sample);
  const kept = new Set((drawn?.records ?? usable).map(({ id }) => id));
  const places = loaded.records.flatMap(({ id }, place) => (kept.has(id) ? [place] : []));
  const records = places.map((place) => loaded.records[place]!);
  const inspections = places.map((place) => loaded.inspections[place]!);
  const split = {
    ...splitSet({ ...loaded, records, inspections }, { allowGroupsAcrossParts }),
    sample: drawn?.description ?? null,
  };
  const prepared = await prepare(records, preparationOf(settings, records), {
    onProgress: tellProgressOf("prepare"),
  });
  const searchSize = settings.search.size ?? prepared.size;
  const searched =
    searchSize === prepared.size
      ? prepared
      : await prepare(
          records,
          { ...preparationOf(settings, records), size: searchSize },
          { onProgress: tellProgressOf("prepare") },
        );
  // What is said of a profile, and how many processes work, changes no result.
  const { purpose: _purpose, workers: _workers, ...decisive } = settings;
  const facts = {
    settings: decisive,
    dataset,
    dataHash: loaded.dataHash,
    prepared: prepared.hash,
    sample: split.sample,
  };
  keepFacts(join(folder, "study.json"), facts, name);
  const searchFold = split.folds[settings.search.fold - 1] ?? split.folds[0]!;
  return {
    ...choice,
    settings,
    name,
    records,
    inspections,
    set: loaded.set,
    dataHash: loaded.dataHash,
    sample: split.sample,
    split,
    prepared,
    searchFold,
    path: (...parts) => join(folder, ...parts),
    searchImages: () => ({ prepared: searched, train: searchFold.train, searchValidation: searchFold.validation }),
  };
}

/**
 * Says how a study's images become numbers: by a square around the lesion where all images have masks, else whole.
 *
 * @param settings The settings.
 * @param records The images.
 * @returns The preparation.
 */
export function preparationOf(
  { preparation }: Pick<StudySettings, "preparation">,
  records: readonly ImageRecord[],
): PreparationOptions {
  const masks = records.every((record) => record.masks.length > 0);
  return { ...(masks ? preparations.squareContext : preparations.wholeImage), ...preparation };
}

function keepFacts(file: string, facts: Record<string, unknown>, name: string): void {
  const stored = readStudyFile(file);
  if (stored === null) {
    writeAtomically(file, `${JSON.stringify(facts, null, 1)}\n`);
    return;
  }
  const changed = Object.keys(facts).filter((key) => canonicalJson(stored[key]) !== canonicalJson(facts[key]));
  if (changed.length === 0) return;
  const what: Record<string, string> = {
    settings: "other settings of the profile",
    dataset: "another data set",
    dataHash: "other images: files of the data set have changed",
    prepared: "images that were prepared otherwise",
    sample: "another sample",
  };
  throw new Problem(
    `results/${name} holds results of ${changed.map((key) => what[key] ?? key).join(", and of ")}.`,
    `Move the folder away to begin anew, or put back what was changed.`,
  );
}
