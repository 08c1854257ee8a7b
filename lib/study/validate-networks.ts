import { readValidation, type Validation } from "../validate/read-validation";
import { makePlanFolder, readKeptPlan } from "../validate/plan-folder";
import { driveUnits } from "./drive-units";
import { withInnerFolds } from "./inner-folds";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { partsOfNetworks, planOfPart } from "./part-plans";
import { requireRecorded } from "./study-facts";
import { checkStudySettings } from "./study-settings";
import { requireBoxes } from "./training-parts";
import { readWinner } from "./winner";

/**
 * Trains and tests networks of a study on its folds, as its settings say: the found network with random ones beside it, or
 * the hand-crafted ones, each by its best recipe where the study tunes, and once more for each
 * part of a training part where it combines such networks or has inner folds. What is done is not done again.
 *
 * @returns What was predicted and what it cost, and how far each unit is.
 * @throws {Problem} Where there is no winner yet, a unit failed, or the folder has another plan.
 * @throws {Interrupted} Where the cell is interrupted; all is saved, and the same call goes on.
 */
export async function validateNetworks(study: Study, networks: "found" | "handCrafted"): Promise<Validation> {
  requireRecorded(study);
  if (networks === "found") readWinner(study);
  const { combine, workers } = checkStudySettings(study.settings);
  // What they need is looked for before hours of training.
  if (combine?.box === true) requireBoxes(study);
  // What is there must be this study's, before anything is trained by it.
  for (const part of partsOfNetworks[networks]) {
    const folder = placeOf(study, part);
    if (readKeptPlan(folder) !== null) await makePlanFolder(folder, planOfPart(study, part), workers);
  }
  const own: readonly unknown[] = partsOfNetworks[networks];
  await driveUnits(study, ({ kind, of }) => kind !== "evaluation" && own.includes(of.part));
  return withInnerFolds(study, networks, readValidation(placeOf(study, networks)));
}
