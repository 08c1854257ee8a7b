import { join } from "node:path";

import { Problem } from "../runtime/problem";
import { loadTrained } from "../train/train-in-run";
import type { Trained } from "../train/train-network";
import { buildSpecified } from "../train/specification";
import { networkOf } from "./plan";
import { readPlanFolder } from "./plan-folder";
import { trainingFolder } from "./unit-state";
import type { Unit } from "./units";

/**
 * Loads the trained network of a unit that is done.
 *
 * @returns Network, weights and normalisation; the caller disposes the weights.
 * @throws {Problem} Where the unit is none of the plan, or its training is not done.
 */
export function loadUnit(planFolder: string, unit: Pick<Unit, "model" | "fold" | "folder">): Trained {
  const { plan } = readPlanFolder(planFolder);
  const model = plan.models.find(({ name }) => name === unit.model);
  if (model === undefined) {
    throw new Problem(
      `The plan in ${planFolder} has no model "${unit.model}".`,
      `It has ${plan.models.map(({ name }) => name).join(", ")}.`,
    );
  }
  const { size, channels } = plan.preparation;
  const graph = buildSpecified(networkOf(model, unit.fold), {
    height: size,
    width: size,
    channels: channels.length,
  });
  return loadTrained(join(planFolder, unit.folder, trainingFolder), graph);
}
