import { join } from "node:path";

import { readRun } from "../runs/read-run";
import type { EpochRecord } from "../train/history";
import { trainingFolder } from "./unit-state";
import type { Unit } from "./units";

/**
 * Reads how the training of a unit went, also while it goes on.
 *
 * @throws {Problem} Where it has not begun.
 */
export function readHistory(planFolder: string, unit: Pick<Unit, "folder">): EpochRecord[] {
  const { metrics } = readRun(join(planFolder, unit.folder, trainingFolder));
  return metrics as unknown as EpochRecord[];
}
