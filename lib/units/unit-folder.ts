import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { fileProblem } from "../files/explain-failure";
import { writeAtomically } from "../files/write-atomically";
import { Problem } from "../runtime/problem";
import { isPlainObject, parseJson } from "../runs/json";
import { readOutcome } from "../runs/outcome";
import { readOwnFile } from "../runs/read-own-file";
import type { Json } from "../runs/state";

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
  | { readonly state: "failed"; readonly error: string; readonly wrongConfiguration: boolean }
  | { readonly state: "done"; readonly result: Json };

const failureFile = "failed.json";

/**
 * Reads how far a unit is. Its folder is the truth: who runs it is of no matter.
 *
 * @returns Its state. A unit that is done and whose files have changed since has failed.
 */
export function readUnitState(folder: string): UnitState {
  try {
    const outcome = readOutcome(folder);
    if (outcome !== null) return { state: "done", result: outcome.result };
    const failure = readFailure(folder);
    if (failure !== null) return { state: "failed", ...failure };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { state: "failed", error: error.message, wrongConfiguration: false };
  }
  return { state: isBegun(folder) ? "begun" : "waiting" };
}

/** Says whether a unit is done, by the name of its last file alone: thousands are asked in a second. */
export function isSealed(folder: string): boolean {
  return existsSync(join(folder, "done.json"));
}

/** Says whether a unit has begun, likewise. */
export function isBegun(folder: string): boolean {
  return existsSync(join(folder, "run.json"));
}

/**
 * Notes in a unit's folder why it failed.
 *
 * @param wrongConfiguration Whether trying again cannot help. Default: false.
 * @throws {Problem} Where it cannot be written.
 */
export function noteFailure(folder: string, error: string, wrongConfiguration = false): void {
  const note = { error, ...(wrongConfiguration ? { wrongConfiguration } : {}) };
  writeAtomically(join(folder, failureFile), `${JSON.stringify(note, null, 2)}\n`);
}

/**
 * Takes away the note of an earlier failure.
 *
 * @throws {Problem} Where it cannot be removed.
 */
export function forgetFailure(folder: string): void {
  const path = join(folder, failureFile);
  try {
    rmSync(path, { force: true });
  } catch (error) {
    throw fileProblem(path, "removed", error);
  }
}

/** Reads the note of a failure; null where there is none. */
export function readFailure(folder: string): { readonly error: string; readonly wrongConfiguration: boolean } | null {
  const bytes = readOwnFile(join(folder, failureFile), 1e6);
  if (bytes === null) return null;
  try {
    const note: unknown = parseJson(new TextDecoder().decode(bytes));
    if (isPlainObject(note) && typeof note.error === "string")
      return { error: note.error, wrongConfiguration: note.wrongConfiguration === true };
  } catch {
    // It failed all the same.
  }
  return { error: "The reason cannot be read any more.", wrongConfiguration: false };
}
