import { existsSync } from "node:fs";
import { join } from "node:path";

import { readPlanFolder, unitsFile } from "../validate/plan-folder";
import type { StudySearch } from "./found-by";
import { placeOf, runsOf, type StudyPlace } from "./layout";
import type { StudySettings } from "./study-settings";

/** How far a study is. */
export interface StudyProgress {
  /** Runs and trainings that are done. */
  readonly done: number;
  /** All of them: as planned, and as the settings say where the cross-validation is not planned yet and has all folds of five. */
  readonly total: number;
}

/**
 * Counts what is done of a study, by looking for the files that are written last. Nothing is read of their contents:
 * `outcomeOf` does that.
 *
 * @returns How many runs and trainings are done, of how many.
 */
export function countDone(
  study: StudyPlace & StudySearch & { readonly settings: Omit<StudySettings, "purpose" | "workers"> },
): StudyProgress {
  const { controls, handCrafted, seeds, folds } = study.settings;
  const runs = runsOf(study).map(({ folder }) => folder);
  const planned = { found: 1 + controls, handCrafted: handCrafted.length };
  const parts = (["found", "handCrafted"] as const).map((part) => {
    const folder = placeOf(study, part);
    if (!existsSync(join(folder, unitsFile)))
      return { folders: [], total: planned[part] * seeds.length * (folds?.length ?? 5) };
    const { units } = readPlanFolder(folder);
    return { folders: units.map((unit) => join(folder, unit.folder)), total: units.length };
  });
  const folders = [...runs, ...parts.flatMap((part) => part.folders)];
  return {
    done: folders.filter((folder) => existsSync(join(folder, "done.json"))).length,
    total: runs.length + parts.reduce((sum, { total }) => sum + total, 0),
  };
}
