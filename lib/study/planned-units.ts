import { existsSync } from "node:fs";
import { join } from "node:path";

import { planFile, readPlanFolder, unitsFile } from "../validate/plan-folder";
import { describeUnit } from "../validate/units";
import { placeOf, type StudyPlace, type StudyRun } from "./layout";

/**
 * Lists the units of one of a study's cross-validations, in the order in which they are trained.
 *
 * @param part Which: of the found network and the random ones, or of the hand-crafted ones.
 * @returns The units, whether they are done or not; null where they are not planned yet.
 * @throws {Problem} Where the plan is damaged.
 */
export function plannedUnits(study: StudyPlace, part: "found" | "handCrafted"): StudyRun[] | null {
  const folder = placeOf(study, part);
  if (![planFile, unitsFile].every((file) => existsSync(join(folder, file)))) return null;
  return readPlanFolder(folder).units.map((unit) => ({ title: describeUnit(unit), folder: join(folder, unit.folder) }));
}
