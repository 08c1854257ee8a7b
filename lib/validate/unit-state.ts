import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { fileProblem } from "../files/explain-failure";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import { readOutcome } from "../runs/outcome";
import { readOwnFile } from "../runs/read-own-file";
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

/**
 * How far a unit is.
 *
 * - `waiting`: not begun.
 * - `begun`: begun and not done; it goes on from its checkpoint.
 * - `failed`: it ended with an error; it is tried again, from its checkpoint.
 * - `done`: done, with all its files as they were then.
 */
export type UnitState =
  | { readonly state: "waiting" }
  | { readonly state: "begun" }
  | { readonly state: "failed"; readonly error: string }
  | { readonly state: "done"; readonly result: UnitResult };

/** The file with the predictions of a unit. */
export const predictionsFile = "predictions.csv";

/** The folder of a unit's training. */
export const trainingFolder = "training";

const failureFile = "failed.json";

/**
 * Reads how far a unit is. Its folder is the truth: who runs it is of no matter.
 *
 * @returns Its state. A unit that is done and whose files have changed since has failed.
 */
export function readUnitState(planFolder: string, unit: Pick<Unit, "folder">): UnitState {
  const folder = join(planFolder, unit.folder);
  try {
    const outcome = readOutcome(folder);
    if (outcome !== null) return { state: "done", result: outcome.result as unknown as UnitResult };
    const error = readFailure(folder);
    if (error !== null) return { state: "failed", error };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { state: "failed", error: error.message };
  }
  return { state: existsSync(join(folder, "run.json")) ? "begun" : "waiting" };
}

/**
 * Notes in a unit's folder why it failed.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function noteFailure(planFolder: string, unit: Pick<Unit, "folder">, error: string): void {
  writeAtomically(join(planFolder, unit.folder, failureFile), `${JSON.stringify({ error }, null, 2)}\n`);
}

/**
 * Takes away the note of an earlier failure.
 *
 * @throws {Problem} Where it cannot be removed.
 */
export function forgetFailure(planFolder: string, unit: Pick<Unit, "folder">): void {
  const path = join(planFolder, unit.folder, failureFile);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fileProblem(path, "removed", error);
  }
}

function readFailure(folder: string): string | null {
  const bytes = readOwnFile(join(folder, failureFile), 1e6);
  if (bytes === null) return null;
  try {
    const note: unknown = parseJson(new TextDecoder().decode(bytes));
    if (isPlainObject(note) && typeof note.error === "string") return note.error;
  } catch {
    // It failed all the same.
  }
  return "The reason cannot be read any more.";
}
