import { WrongConfiguration } from "../../runs/exit-codes";
import type { Unit } from "../../units/unit";
import { controlSteps, deriveSteps } from "./derive";
import { evaluationStep } from "./evaluation";
import { searchStep } from "./search";
import type { PlannedStudy, Step } from "./step";
import { supernetStep } from "./supernets";
import { planStep, validationStep } from "./validation";
import { winnerStep } from "./winner";

const [deriveScores, deriveTraining, derivation] = deriveSteps;
const [controlScores, controlTraining, control] = controlSteps;

/** The steps of a study by their names, in the order in which units are listed: whatever a study computes stands here. */
const steps: Readonly<Record<string, Step>> = {
  supernet: supernetStep,
  search: searchStep,
  "derivation, scores": deriveScores,
  "derivation, training": deriveTraining,
  derivation,
  "control, scores": controlScores,
  "control, training": controlTraining,
  control,
  winner: winnerStep,
  plan: planStep,
  "trials of recipes": validationStep(["tunedFound", "tunedHandCrafted"]),
  "cross-validation": validationStep(["found"]),
  "hand-crafted": validationStep(["handCrafted"]),
  "parts of training parts": validationStep(["partsFound", "partsHandCrafted"]),
  evaluation: evaluationStep,
};

/** Lists the units of a study. */
export function listUnits(study: PlannedStudy): Unit[] {
  return Object.entries(steps).flatMap(([kind, step]) => step.list(study).map((unit) => ({ ...unit, kind })));
}

/**
 * Finds the step of a unit.
 *
 * @throws {WrongConfiguration} Where this version has none of that name.
 */
export function stepOf({ kind, name }: Pick<Unit, "kind" | "name">): Step {
  const step = Object.hasOwn(steps, kind) ? steps[kind] : undefined;
  if (step !== undefined) return step;
  throw new WrongConfiguration(
    `The unit ${name} is of the step "${kind}", which this version does not have.`,
    `It has ${Object.keys(steps).join(", ")}.`,
  );
}
