import { readValidation, type Validation } from "../validate/read-validation";
import { runPlan } from "../validate/run-plan";
import { placeOf } from "./layout";
import type { Study } from "./open-study";
import { requireRecorded } from "./study-facts";
import { foundPlan, handCraftedPlan } from "./validation-plans";
import { countParts } from "./combination";
import { checkStudySettings } from "./study-settings";
import { planTrainingParts, requireBoxes } from "./training-parts";
import { tuneNetworks } from "./tune-networks";
import { withInnerFolds } from "./inner-folds";
import { readWinner } from "./winner";

const partsPlace = { found: "partsFound", handCrafted: "partsHandCrafted" } as const;

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
  const untuned = networks === "found" ? foundPlan(study, readWinner(study)) : handCraftedPlan(study);
  const plan = await tuneNetworks(study, networks, untuned);
  const folder = placeOf(study, networks);
  const { combine, workers } = checkStudySettings(study.settings);
  // What they need is looked for before hours of training.
  if (combine?.box === true) requireBoxes(study);
  const count = countParts(study.settings);
  const parts = count > 0 && plan.models.length > 0 ? planTrainingParts(study, plan, count) : null;
  await runPlan(folder, plan, { workers });
  if (parts !== null) await runPlan(placeOf(study, partsPlace[networks]), parts, { workers });
  return withInnerFolds(study, networks, readValidation(folder));
}
