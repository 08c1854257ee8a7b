import { existsSync } from "node:fs";

import { readSplit, writeSplit } from "../data/split/split-file";
import type { Fold, Split } from "../data/split/split";
import { Problem } from "../runtime/problem";
import { placeOf, type StudyPlace } from "./layout";
import type { StudySettings } from "./study-settings";

/**
 * Reads the split that a study's folder keeps.
 *
 * @returns The split; null where none is kept.
 * @throws {Problem} Where it is damaged, was changed by hand, or is of other data.
 */
export function readKeptSplit(study: StudyPlace, dataHash: string): Split | null {
  const file = placeOf(study, "split");
  return existsSync(file) ? readSplit(file, { dataHash }) : null;
}

/**
 * Keeps a study's split in its folder, for the notebooks that follow and for other programs.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function keepSplit(study: StudyPlace, split: Split): void {
  writeSplit(placeOf(study, "split"), split);
}

/**
 * Gives the fold whose training part the search sees, and makes sure that all folds are there that the study asks for.
 *
 * @throws {Problem} Where one is not there, with those that there are.
 */
export function searchFoldOf({ name, folds }: Split, settings: Pick<StudySettings, "search" | "folds">): Fold {
  const there = `expected ${folds.length === 1 ? "1: the split has one fold" : `1 to ${folds.length}`}`;
  const refuse = (key: string, number: number): never => {
    throw new Problem(
      `The study has ${key}: ${number}, ${there}, "${name}".`,
      key === "folds" ? "Give some of these, or null for all." : "Give one of these.",
    );
  };
  const missing = settings.folds?.find((number) => number > folds.length);
  if (missing !== undefined) refuse("folds", missing);
  return folds[settings.search.fold - 1] ?? refuse("search.fold", settings.search.fold);
}
