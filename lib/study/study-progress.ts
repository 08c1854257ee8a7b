import { existsSync } from "node:fs";
import { join } from "node:path";

import type { StudySearch } from "./found-by";
import { runsOf, type StudyPlace } from "./layout";
import { partsOf, plannedUnits } from "./planned-units";
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
 */
export function countDone(
  study: StudyPlace & StudySearch & { readonly settings: Omit<StudySettings, "purpose" | "workers"> },
): StudyProgress {
  const parts = partsOf(study.settings).map(({ part, units: expected }) => {
    const units = plannedUnits(study, part);
    return { units: units ?? [], total: units?.length ?? expected };
  });
  const runs = runsOf(study);
  return {
    done: [...runs, ...parts.flatMap(({ units }) => units)].filter(({ folder }) =>
      existsSync(join(folder, "done.json")),
    ).length,
    total: runs.length + parts.reduce((sum, { total }) => sum + total, 0),
  };
}
