import { tellProgressOf } from "../display/progress";
import type { DataSet } from "../data/sets/data-set";
import { loadDataSet } from "../data/sets/load";
import { splitSet } from "../data/sets/split-set";
import type { Split } from "../data/split/split";
import { chooseImages, type ChosenImages } from "./choose-images";
import { requireEnough } from "./fit-to-images";
import type { NamedStudy } from "./name-study";
import { readFacts } from "./study-facts";
import { imageDefaults } from "./study-settings";
import { readKeptSplit } from "./study-split";

/** The images of a study, chosen and divided, before any is prepared. */
export interface StudyImages extends ChosenImages {
  readonly set: DataSet;
  readonly dataHash: string;
  /** The folds: those that the study's folder keeps, where it is of these images. */
  readonly split: Split;
  /** Whether the folder keeps them. */
  readonly kept: boolean;
}

/**
 * Loads, chooses and divides the images of a study. Nothing is written.
 *
 * @throws {Problem} Where the data set is not there, something is wrong with it, or it has too few images for the folds.
 */
export async function loadStudyImages(named: NamedStudy): Promise<StudyImages> {
  const { dataset, settings } = named;
  const { onContradiction, allowGroupsAcrossParts, leaveOut = null } = settings;
  const onError = settings.onError ?? imageDefaults.onError;
  const onProgress = tellProgressOf(`look at ${dataset}`);
  const loaded = await loadDataSet(dataset, { onError, onContradiction, onProgress });
  const chosen = chooseImages(loaded, settings);
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
