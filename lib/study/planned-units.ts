import { existsSync } from "node:fs";
import { join } from "node:path";

import { planFile, readPlanFolder, unitsFile } from "../validate/plan-folder";
import { checkOptions } from "../runtime/options";
import { describeUnit } from "../validate/units";
import { countParts } from "./combination";
import { placeOf, type StudyPlace, type StudyRun } from "./layout";
import type { StudySettings } from "./study-settings";
import { countRecipes, tuningSchema } from "./tried-recipes";

/** A part of a study that is a plan of units. */
export type UnitsPart = "found" | "handCrafted" | "tunedFound" | "tunedHandCrafted" | "partsFound" | "partsHandCrafted";

/** What says which parts a study has. */
export type PartSettings = Pick<
  StudySettings,
  "search" | "controls" | "handCrafted" | "ownModels" | "seeds" | "folds" | "tuning" | "combine" | "innerFolds"
>;

/**
 * Lists the parts of a study that are plans of units, in the order in which they are done.
 *
 * @param settings Its settings, with defaults filled in or not.
 * @returns Each with the number of its units, where the split has as many folds as the settings ask for, or five.
 */
export function partsOf(settings: PartSettings): { readonly part: UnitsPart; readonly units: number }[] {
  const { controls, handCrafted, seeds, folds } = settings;
  const tuning = settings.tuning == null ? null : checkOptions("The study's tuning", tuningSchema, settings.tuning);
  const count = folds?.length ?? 5;
  const parts = countParts(settings);
  return (["found", "handCrafted"] as const).flatMap((part) => {
    const models =
      part === "found" ? countFound(settings) + controls : handCrafted.length + (settings.ownModels?.length ?? 0);
    const tried = tuning === null ? 0 : models * countRecipes(tuning) * (tuning.judgedOn === "fold 1" ? 1 : count);
    return [
      ...(tried === 0 ? [] : [{ part: part === "found" ? "tunedFound" : "tunedHandCrafted", units: tried } as const]),
      { part, units: models * seeds.length * count },
      ...(parts > 0 && models > 0
        ? [
            {
              part: part === "found" ? "partsFound" : "partsHandCrafted",
              units: models * seeds.length * count * parts,
            } as const,
          ]
        : []),
    ];
  });
}

/** Counts the networks that a study finds: one for each budget. */
export function countFound({ search }: Pick<StudySettings, "search">): number {
  return 1 + (search.trials?.furtherBudgets?.length ?? 0);
}

/**
 * Lists the units of one of a study's cross-validations, in the order in which they are trained.
 *
 * @param part Which: of the found network and the random ones, or of the hand-crafted ones; the trials of their recipes; their networks of parts of
 *   training parts.
 * @returns The units, whether they are done or not; null where they are not planned yet.
 * @throws {Problem} Where the plan is damaged.
 */
export function plannedUnits(study: StudyPlace, part: UnitsPart): StudyRun[] | null {
  const folder = placeOf(study, part);
  if (![planFile, unitsFile].every((file) => existsSync(join(folder, file)))) return null;
  return readPlanFolder(folder).units.map((unit) => ({ title: describeUnit(unit), folder: join(folder, unit.folder) }));
}
