import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { describeDifferences, findDifferences } from "../runs/differences";
import { decisive, type StudyChanges } from "./changes";
import { placeOf, type StudyPlace } from "./layout";
import type { PlannedPower } from "./planned-power";
import { readStudyFile } from "./study-file";
import { checkStudySettings, type FilledSettings, type StudySettings } from "./study-settings";

/** What a study is: the contents of its `study.json`, which is written when it is opened first, and never changed. */
export interface StudyFacts {
  /** Its settings, without what changes no result. */
  readonly settings: Omit<StudySettings, "purpose" | "workers">;
  /** By what they differ from its profile. */
  readonly changes: StudyChanges;
  readonly dataset: string;
  readonly dataHash: string;
  /** The hash of the prepared images. */
  readonly prepared: string;
  /** Which images of the set these are, in words; null: all. */
  readonly sample: string | null;
  /** The hash of its split; null in a study of an older version, which kept none. */
  readonly split: string | null;
  /** What its patients can show, computed before anything is trained; null where that was not told beforehand, as in older versions. */
  readonly power: PlannedPower | null;
}

/**
 * Reads what a study's folder says of the study, also one of an older version.
 *
 * @returns The facts; null where there are none yet.
 * @throws {Problem} Where the file is damaged, or its settings are none that this version knows.
 */
export function readFacts(study: StudyPlace): StudyFacts | null {
  const file = placeOf(study, "facts");
  const stored = readStudyFile(file);
  if (stored === null) return null;
  // An older version kept neither changes nor a split.
  const older = { changes: {}, sample: null, split: null, power: null };
  const { settings, changes, dataset, dataHash, prepared, sample, split, power } = {
    ...older,
    ...stored,
  } as StudyFacts;
  try {
    filledSettings(settings);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(`${file} has settings that this version does not know: ${error.what}`, "Update SonoNAS.");
  }
  return { settings, changes, dataset, dataHash, prepared, sample, split, power };
}

/**
 * Keeps what a study is in its folder, or makes sure that the folder is of this study.
 *
 * @param folds How many folds its split has.
 * @throws {Problem} Where the folder holds results of something else: what differs is named, and nothing is written.
 */
export function keepFacts(study: StudyPlace & { readonly name: string }, facts: StudyFacts, folds: number): void {
  const stored = readFacts(study);
  if (stored === null) {
    writeAtomically(placeOf(study, "facts"), `${JSON.stringify(facts, null, 1)}\n`);
    return;
  }
  const settings = findDifferences(comparable(stored.settings, folds), comparable(facts.settings, folds));
  const reasons = [
    ...(settings.length === 0 ? [] : [`other settings: ${describeDifferences(settings)}`]),
    ...(["dataset", "dataHash", "prepared", "sample", "split"] as const)
      .filter((key) => stored[key] !== facts[key] && !(key === "split" && stored.split === null))
      .map((key) => others[key]),
  ];
  if (reasons.length === 0) return;
  throw new Problem(
    `results/${study.name} holds results of ${reasons.join(", and of ")}.`,
    "Move the folder away to begin anew, or put back what was changed.",
  );
}

const others = {
  dataset: "another data set",
  dataHash: "other images: files of the data set have changed",
  prepared: "images that were prepared otherwise",
  sample: "another sample",
  split: "another split",
};

/**
 * Makes sure that what is to be computed with is set as the study's folder says.
 *
 * @throws {Problem} Where its settings were changed since: the record would not say so.
 */
export function requireRecorded(study: StudyPlace & { readonly name: string; readonly settings: StudySettings }): void {
  const stored = readFacts(study);
  const differences =
    stored === null
      ? []
      : findDifferences(comparable(stored.settings, Infinity), comparable(decisive(study.settings), Infinity));
  if (stored !== null && differences.length === 0) return;
  throw new Problem(
    stored === null
      ? `results/${study.name} says nothing of what the study is set to.`
      : `The settings were changed after the study was opened, and results/${study.name} does not say so: ${describeDifferences(differences)}.`,
    "Open the study with these settings: study.openStudy({ profile, dataset, changes }).",
  );
}

/**
 * Fills in every default of settings that were kept, so that what is left out is the same as its default.
 *
 * @throws {Problem} Where a setting is unknown or out of its range.
 */
export function filledSettings(settings: StudyFacts["settings"]): Omit<FilledSettings, "purpose" | "workers"> {
  // What is told of a profile and the number of processes are not kept.
  return decisive(checkStudySettings({ ...settings, purpose: "–", workers: 1 }));
}

function comparable(settings: StudyFacts["settings"], folds: number): Record<string, unknown> {
  const filled = filledSettings(settings);
  // Folds that a set does not have were passed over, once.
  return { ...filled, folds: filled.folds?.filter((fold) => fold <= folds) ?? null };
}
