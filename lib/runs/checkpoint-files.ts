import { readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { explainFailure, fileProblem } from "../files/explain-failure";
import { flushFolder, writeAtomically } from "../files/write-atomically";
import { listOf, wholeNumber } from "../runtime/option-values";
import { decodeState, encodeState } from "./checkpoint";
import { DamagedFile } from "./damaged-file";
import { isPlainObject } from "./json";
import { readOwnFile } from "./read-own-file";
import type { Json, SavedState } from "./state";

/** The largest checkpoint that is read, in bytes: what one array of bytes can hold. */
const mostBytes = 4e9;

const noteSchema = v.object({
  /** The hash of the run that it belongs to. */
  run: v.string(),
  /** After which step it was saved. */
  step: wholeNumber(),
  /** How many bytes of metrics.jsonl belong to it. */
  metricBytes: wholeNumber(),
  /** Their hash, without the times. */
  metricHash: v.string(),
  /** The files that were written by then, in alphabetical order. */
  files: listOf(v.string()),
});

/** What a checkpoint says besides the state that was saved. */
export type CheckpointNote = Readonly<v.InferOutput<typeof noteSchema>>;

/** A checkpoint that was read and is good. */
export interface StoredCheckpoint {
  readonly note: CheckpointNote;
  readonly state: SavedState;
}

/** Names the file of a checkpoint. */
export function checkpointPath(folder: string, step: number): string {
  return join(folder, "checkpoints", `${String(step).padStart(9, "0")}.checkpoint`);
}

/**
 * Lists the checkpoints of a run by their names alone.
 *
 * @returns Their steps, the newest first.
 * @throws {Problem} Where the folder cannot be read.
 */
export function listCheckpoints(folder: string): number[] {
  const place = join(folder, "checkpoints");
  try {
    return readdirSync(place)
      .map((name) => Number(/^(\d{9,15})\.checkpoint$/.exec(name)?.[1] ?? NaN))
      .filter((step) => !Number.isNaN(step))
      .sort((one, other) => other - one);
  } catch (error) {
    if (explainFailure(error).code === "ENOENT") return [];
    throw fileProblem(place, "read", error);
  }
}

/**
 * Reads a checkpoint.
 *
 * @param run The hash of the run, which it must name.
 * @returns The checkpoint; null where there is none.
 * @throws {DamagedFile} Where it is damaged, or belongs to another run or another step.
 * @throws {Problem} Where it cannot be read.
 */
export function readCheckpoint(folder: string, step: number, run: string): StoredCheckpoint | null {
  const path = checkpointPath(folder, step);
  const bytes = readOwnFile(path, mostBytes);
  if (bytes === null) return null;
  const { json, arrays } = decodeState(bytes, path);
  const note = isPlainObject(json) ? json.note : null;
  if (!isPlainObject(json) || json.state === undefined || !v.is(noteSchema, note)) {
    throw new DamagedFile(`${path} is no checkpoint of a run.`, "Look where it comes from.");
  }
  if (note.run !== run || note.step !== step) {
    const what = note.run === run ? `was saved after step ${note.step}` : "belongs to another run";
    throw new DamagedFile(`${path} ${what}.`, "It was renamed or copied here: put the original back.");
  }
  return { note, state: { json: json.state, arrays } };
}

/**
 * Finds the newest checkpoint that is good.
 *
 * @param onDamaged Called for each newer one that is damaged; default: nothing.
 * @returns The checkpoint; null where there is none.
 * @throws {Problem} Where one cannot be read.
 */
export function newestGoodCheckpoint(
  folder: string,
  run: string,
  onDamaged?: (error: DamagedFile) => void,
): StoredCheckpoint | null {
  for (const step of listCheckpoints(folder)) {
    try {
      const checkpoint = readCheckpoint(folder, step, run);
      if (checkpoint !== null) return checkpoint;
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      onDamaged?.(error);
    }
  }
  return null;
}

/**
 * Writes a checkpoint whole or not at all.
 *
 * @param check Called before anything is written and again right before the file takes its name; what it throws stops that.
 * @throws {Problem} Where it cannot be written; older ones are then as they were.
 */
export function writeCheckpoint(folder: string, { note, state }: StoredCheckpoint, check: () => void): void {
  const json = { note: note as unknown as Json, state: state.json };
  const bytes = encodeState({ json, arrays: state.arrays });
  check();
  writeAtomically(checkpointPath(folder, note.step), bytes, check);
}

/**
 * Removes old checkpoints. One that cannot be removed stays, for the next time.
 *
 * @param keep How many of the newest stay.
 * @param check Called before each removal; what it throws stops that.
 */
export function removeOldCheckpoints(folder: string, keep: number, check: () => void): void {
  for (const step of listCheckpoints(folder).slice(keep)) {
    check();
    try {
      rmSync(checkpointPath(folder, step), { force: true });
    } catch {
      // It takes room and does no harm.
    }
  }
}

/**
 * Gives a file that cannot be used another name, so that it is neither used nor lost.
 *
 * @param path The file; the new name ends in ".left-aside".
 * @throws {Problem} Where it cannot be renamed.
 */
export function leaveAside(path: string): void {
  try {
    renameSync(path, `${path}.left-aside`);
    flushFolder(join(path, ".."));
  } catch (error) {
    throw fileProblem(path, "renamed", error);
  }
}
