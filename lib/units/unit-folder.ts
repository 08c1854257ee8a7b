import { accessSync, constants, existsSync, lstatSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

import { explainFailure, fileProblem } from "../files/explain-failure";
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
 * Says what keeps a unit out of its folder: something else has its place, or that of a folder above it, or it may not be read and
 * written.
 *
 * @returns A sentence, and what to do; null where nothing stands in the way.
 */
export function obstacleTo(folder: string): string | null {
  for (let place = folder; ; place = dirname(place)) {
    try {
      const isLink = lstatSync(place).isSymbolicLink();
      if (isLink && !existsSync(place))
        return `${place} is a link that leads nowhere. Put back what it leads to, or remove it.`;
      if (!statSync(place).isDirectory()) return `${place} is a file, and a unit's folder belongs there. Move it away.`;
      accessSync(place, constants.R_OK | constants.W_OK | constants.X_OK);
      return null;
    } catch (error) {
      // What is not there yet is made, within what is.
      const isMissing = ["ENOENT", "ENOTDIR"].includes(explainFailure(error).code ?? "");
      if (!isMissing || place === dirname(place)) return fileProblem(place, "read and written", error).message;
    }
  }
}

/**
 * Notes in a unit's folder why it failed. Where that cannot be written, as where something else has the folder's place, nothing is:
 * whoever started the unit is told all the same.
 *
 * @param wrongConfiguration Whether trying again cannot help. Default: false.
 */
export function noteFailure(folder: string, error: string, wrongConfiguration = false): void {
  const note = { error, ...(wrongConfiguration ? { wrongConfiguration } : {}) };
  try {
    writeAtomically(join(folder, failureFile), `${JSON.stringify(note, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
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

/** Reads the note of a failure; null where there is none. A unit whose note cannot be read has failed all the same. */
export function readFailure(folder: string): { readonly error: string; readonly wrongConfiguration: boolean } | null {
  try {
    const bytes = readOwnFile(join(folder, failureFile), 1e6);
    if (bytes === null) return null;
    const note: unknown = parseJson(new TextDecoder().decode(bytes));
    if (isPlainObject(note) && typeof note.error === "string")
      return { error: note.error, wrongConfiguration: note.wrongConfiguration === true };
  } catch (error) {
    if (error instanceof Problem) return { error: error.message, wrongConfiguration: false };
  }
  return { error: "The reason cannot be read any more.", wrongConfiguration: false };
}
