import { join } from "node:path";

import { readUnitState as readStateOf, type UnitState as StateOfAny } from "../units/unit-folder";
import type { Unit } from "./units";

/** What a unit found out about itself: the result in its `done.json`. Numbers of the test part are not among them. */
export interface UnitResult {
  /** The share of the validation images whose class is right, by the kept weights; null without any. */
  readonly validationAccuracy: number | null;
  /** Their area under the ROC curve; null without any, or with one class alone. */
  readonly validationArea: number | null;
  readonly epochs: number;
  /** The epoch whose weights were kept, from 1. */
  readonly keptEpoch: number;
}

/** How far a unit is, and what it found out once it is done. */
export type UnitState =
  Exclude<StateOfAny, { state: "done" }> | { readonly state: "done"; readonly result: UnitResult };

/** The file with the predictions of a unit. */
export const predictionsFile = "predictions.csv";

/** The folder of a unit's training. */
export const trainingFolder = "training";

/**
 * Reads how far a unit is. Its folder is the truth: who runs it is of no matter.
 *
 * @returns Its state. A unit that is done and whose files have changed since has failed.
 */
export function readUnitState(planFolder: string, unit: Pick<Unit, "folder">): UnitState {
  const state = readStateOf(join(planFolder, unit.folder));
  return state.state === "done" ? { ...state, result: state.result as unknown as UnitResult } : state;
}
