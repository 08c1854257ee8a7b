import type { GivenPlan } from "../validate/plan";
import { countParts } from "./combination";
import type { Study } from "./open-study";
import type { UnitsPart } from "./planned-units";
import { checkStudySettings } from "./study-settings";
import { planTrainingParts } from "./training-parts";
import { applyTuning, planTrials, type NetworksPart } from "./tune-networks";
import { foundPlan, handCraftedPlan } from "./validation-plans";
import { readWinner } from "./winner";

/** The parts of a study that belong to its found networks, and to the hand-crafted ones, in the order in which they are done. */
export const partsOfNetworks: Readonly<Record<NetworksPart, readonly UnitsPart[]>> = {
  found: ["tunedFound", "found", "partsFound"],
  handCrafted: ["tunedHandCrafted", "handCrafted", "partsHandCrafted"],
};

/**
 * Plans a part of a study that is a plan of units.
 *
 * @throws {Problem} Where what it depends on is not there: the winner, or a trial of a recipe; or what it needs is not in the images.
 */
export function planOfPart(study: Study, part: UnitsPart): GivenPlan {
  const networks: NetworksPart = partsOfNetworks.found.includes(part) ? "found" : "handCrafted";
  const untuned = networks === "found" ? foundPlan(study, readWinner(study)) : handCraftedPlan(study);
  const { tuning } = checkStudySettings(study.settings);
  if ((part === "tunedFound" || part === "tunedHandCrafted") && tuning !== null)
    return planTrials(study, tuning, untuned);
  const plan = applyTuning(study, networks, untuned);
  const count = countParts(study.settings);
  return (part === "partsFound" || part === "partsHandCrafted") && count > 0
    ? planTrainingParts(study, plan, count)
    : plan;
}
