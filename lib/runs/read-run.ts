import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { callback } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { newestGoodCheckpoint } from "./checkpoint-files";
import { DamagedFile } from "./damaged-file";
import { placeInside } from "./file-names";
import { mostMetricBytes, readMetricLines, type Metric } from "./metric-lines";
import { mostFileBytes, readOutcome, type Outcome } from "./outcome";
import { readOwnFile } from "./read-own-file";
import { hashIdentity, readRunRecord, upgradeRecord, type RunRecord } from "./run-record";
import type { Json, SavedState } from "./state";

/** A run's folder as it was found: to look at, not to work in. */
export interface SavedRun extends RunRecord {
  readonly folder: string;
  /** All whole lines of metrics.jsonl, the oldest first. */
  readonly metrics: readonly Metric[];
  /** Whether the run is done, and the result, the metrics and every file are still as they were then. */
  readonly finished: boolean;
  /** What came out; null where it is not done. */
  readonly result: Json;
  /** The same with the hashes of all that belongs to it; null where it is not done. */
  readonly outcome: Outcome | null;
  /** What was found damaged, in sentences. */
  readonly notices: readonly string[];
  /**
   * Reads a file of the folder.
   *
   * @param name Its name; "/" divides it from the folders it lies in.
   * @returns Its bytes; null where there is none.
   */
  readFile(name: string): Uint8Array | null;
  /** Reads the newest good checkpoint: after which step it was saved, and what; null where there is none. */
  latest(): { readonly step: number; readonly state: SavedState } | null;
}

const readingOptions = v.strictObject({
  /** Turns a configuration that an older version has stored into today's form; default: it is given as it is stored. */
  upgrade: v.optional(callback<(stored: Json) => Json>(), () => (stored: Json) => stored),
});

/**
 * How a run's folder is looked at.
 *
 * @interface
 */
export type ReadingOptions = v.InferInput<typeof readingOptions>;

/**
 * Looks at a run's folder, also while another process works in it. Nothing is written and no lock is taken. The folder may
 * come from a stranger: links out of it are not followed, and nothing in it is run.
 *
 * @throws {WrongConfiguration} Where a newer version of this project has written it.
 * @throws {Problem} Where it is no run's folder, or cannot be read.
 */
export function readRun(folder: string, options: ReadingOptions = {}): SavedRun {
  const { upgrade } = checkOptions("readRun", readingOptions, options);
  if (!existsSync(folder)) throw new Problem(`${folder} is missing.`, "Give the folder of a run.");
  for (const own of ["owner", "checkpoints"]) placeInside(folder, `${own}/x`);
  const record = readRunRecord(folder);
  if (record === null) throw new Problem(`${folder} has no run.json.`, "Give the folder of a run.");
  const notices: string[] = [];
  const outcome = readWhole(folder, notices);
  const bytes = readOwnFile(join(folder, "metrics.jsonl"), mostMetricBytes) ?? new Uint8Array();
  return {
    ...upgradeRecord(record, upgrade),
    folder,
    metrics: readMetricLines(bytes).lines.map(({ metric }) => metric),
    finished: outcome !== null,
    result: outcome?.result ?? null,
    outcome,
    notices,
    readFile: (name) => readOwnFile(placeInside(folder, name), mostFileBytes),
    latest() {
      const checkpoint = newestGoodCheckpoint(folder, hashIdentity(record), ({ what }) => notices.push(what));
      return checkpoint === null ? null : { step: checkpoint.note.step, state: checkpoint.state };
    },
  };
}

function readWhole(folder: string, notices: string[]): Outcome | null {
  try {
    return readOutcome(folder);
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    notices.push(`The run was done, and is no longer as it was: ${error.what}`);
    return null;
  }
}
