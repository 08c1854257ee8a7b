import { resolve } from "node:path";

import { tellProgressOf } from "../display/progress";
import type { DataSet } from "../data/sets/data-set";
import { loadDataSet, type LoadedSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import type { Split } from "../data/split/split";
import { resultsRoot } from "../runtime/environment";
import { outlinedSet } from "../segment/outlined-set";
import { readOutlines } from "../segment/outlines-folder";
import { chooseImages, type ChosenImages } from "./choose-images";
import { requireEnough } from "./fit-to-images";
import type { NamedStudy } from "./name-study";
import { readFacts } from "./study-facts";
import { imageDefaults, type StudySettings } from "./study-settings";
import { readKeptSplit } from "./study-split";

/** The images of a study, chosen and divided, before any is prepared. */
export interface StudyImages extends ChosenImages {
  readonly set: DataSet;
  readonly dataHash: string;
  /** The folds: those that the study's folder keeps, where it is of these images. */
  readonly split: Split;
  /** The images as a fold tests them, where that is with found outlines and it learns from the expert's; null: as it learns from them. */
  readonly tested: Pick<LoadedSet, "records" | "inspections"> | null;
  /** Whether the folder keeps them. */
  readonly kept: boolean;
}

/**
 * Loads, chooses and divides the images of a study. Nothing is written.
 *
 * @throws {Problem} Where the data set is not there, something is wrong with it, or it has too few images for the folds.
 */
export async function loadStudyImages(named: NamedStudy): Promise<StudyImages> {
  const { settings } = named;
  const { allowGroupsAcrossParts, leaveOut = null } = settings;
  const loaded = await loadSetOf(named);
  const outlines = outlinesOf(settings);
  const found = outlines === null ? loaded : await outlinedSet(loaded, readOutlines(outlines.folder, loaded));
  const chosen = chooseByFound(loaded, found, settings);
  const { records, inspections, sample } = chosen;
  requireEnough({ ...loaded, records });
  const { set, dataHash } = loaded;
  const kept = readFacts(named)?.dataHash === dataHash ? readKeptSplit(named, dataHash) : null;
  const split = kept ?? {
    ...splitSet({ ...loaded, records, inspections }, { allowGroupsAcrossParts, leaveOut }),
    sample,
  };
  return { ...chosen, set, dataHash, split, kept: kept !== null };
}

/**
 * Loads the set of a study, with all of its images, also those that the study leaves out.
 *
 * @throws {Problem} Where it is not there, or something is wrong with it.
 */
export function loadSetOf({ dataset, settings }: Pick<NamedStudy, "dataset" | "settings">): Promise<LoadedSet> {
  const { onContradiction, onError, onShared } = { ...imageDefaults, ...settings };
  return loadDataSet(dataset, {
    ...{ onError, onContradiction, onShared },
    onProgress: tellProgressOf(`look at ${dataset}`),
  });
}

/** Says where the outlines lie that a study takes in the place of the expert's, and of which images; null: it takes the expert's. */
export function outlinesOf({ outlines = null }: Pick<StudySettings, "outlines">) {
  return outlines === null ? null : { ...outlines, folder: resolve(resultsRoot, outlines.folder) };
}

// Which images these are, the found outlines say: images in which nothing was found are no study's, whatever its networks learn from.
function chooseByFound(loaded: LoadedSet, found: LoadedSet, settings: StudySettings) {
  const chosen = chooseImages(found, settings);
  if (settings.outlines?.of !== "test") return { ...chosen, tested: null };
  const places = new Map(loaded.records.map(({ id }, place) => [id, place]));
  const own = chosen.records.map(({ id, label }) => ({ place: places.get(id)!, label }));
  return {
    ...chosen,
    // A record keeps its class of the study, in which normal tissue may count as benign.
    records: own.map(({ place, label }) => ({ ...loaded.records[place]!, label })),
    inspections: own.map(({ place }) => loaded.inspections[place]!),
    tested: { records: chosen.records, inspections: chosen.inspections },
  };
}
