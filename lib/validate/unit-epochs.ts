import { join } from "node:path";

import { mostMetricBytes, readMetricLines } from "../runs/metric-lines";
import { readOwnFile } from "../runs/read-own-file";
import { Problem } from "../runtime/problem";
import { checkTraining } from "../train/training-options";
import { trainingOf } from "./plan";
import type { SettledPlan } from "./plan-folder";
import { trainingFolder } from "./unit-state";
import type { Unit } from "./units";

/** Says how many epochs a unit has at most. */
export function epochsOf(plan: SettledPlan, unit: Pick<Unit, "model" | "fold" | "seed">): number {
  const model = plan.models.find(({ name }) => name === unit.model)!;
  return checkTraining(trainingOf(plan, model, unit), 1).epochs;
}

/**
 * Counts the epochs that a unit has trained, for a bar: its folder may be in use.
 *
 * @returns Epochs, from 0; 0 where they cannot be read.
 */
export function countTrained(planFolder: string, unit: Pick<Unit, "folder">): number {
  try {
    const bytes = readOwnFile(join(planFolder, unit.folder, trainingFolder, "metrics.jsonl"), mostMetricBytes);
    return bytes === null ? 0 : readMetricLines(bytes).lines.length;
  } catch (error) {
    if (error instanceof Problem) return 0;
    throw error;
  }
}
