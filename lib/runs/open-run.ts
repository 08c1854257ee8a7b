import { realpathSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { fileProblem } from "../files/explain-failure";
import { flushFolder, makeFolder, writeAtomically } from "../files/write-atomically";
import { describeMachine, systemClock, type Clock } from "../runtime/environment";
import { callback, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { openAppended } from "./appended-file";
import { listCheckpoints, newestGoodCheckpoint } from "./checkpoint-files";
import { DamagedFile } from "./damaged-file";
import { placeInside } from "./file-names";
import { writeJson } from "./json";
import { describeOwner, takeLock, type Lock } from "./lock";
import { MetricHash, mostMetricBytes } from "./metric-lines";
import { readOutcome } from "./outcome";
import { readOwnFile } from "./read-own-file";
import { findResumePoint, removeLeftovers } from "./resume";
import { workIn, type Run } from "./run";
import {
  compareVersions,
  describeVersions,
  hashIdentity,
  readRunRecord,
  requireSameRun,
  upgradeRecord,
  writeRunRecord,
} from "./run-record";
import type { Json } from "./state";

const runOptions = v.strictObject({
  /** What kind of run: "search", "training". */
  kind: text('a kind, such as "search"'),
  /** All that was chosen for it: plain data. A folder is carried on with an equal configuration only. */
  configuration: passed<Json>("plain data"),
  /** The hashes of what it works on, by name: the split, the data. They must be equal too. */
  inputs: v.record(v.string(), v.string("a hash as text")),
  /** How many of the newest checkpoints are kept, from 1; default: 2. */
  keep: v.optional(wholeNumber({ from: 1 }), 2),
  /** Tells the time; default: this machine's clock. */
  clock: v.optional(passed<Clock>("a clock"), systemClock),
  /**
   * Turns a configuration that an older version has stored into today's form; default: it is taken as it is. What is stored
   * stays: checkpoints are tied to it.
   */
  upgrade: v.optional(callback<(stored: Json) => Json>(), () => (stored: Json) => stored),
});

/**
 * What a run is.
 *
 * @interface
 */
export type RunOptions = v.InferInput<typeof runOptions>;

type CheckedRun = v.InferOutput<typeof runOptions>;

/**
 * Opens a run's folder to work in: a new one, or one to carry on.
 *
 * The folder holds `run.json`, which says what the run is; `checkpoints/`; `metrics.jsonl`; `log.txt`; what the caller
 * writes; `done.json` at the end; and `owner/`, which says who works in it.
 *
 * @param folder The folder; it is made if need be.
 * @returns The run. Close it in a `finally`.
 * @throws {WrongConfiguration} Where the folder holds a run with another kind, configuration or inputs, or of a newer version.
 * @throws {Problem} Where another process works in it, or this one does already; where it cannot be written.
 */
export function openRun(folder: string, options: RunOptions): Run {
  const filled = checkOptions("openRun", runOptions, options);
  writeJson(filled.configuration, "The configuration");
  const place = prepareFolder(folder);
  for (const own of ["owner", "checkpoints"]) placeInside(place, `${own}/x`);
  // Before the lock is taken too: to ask for the wrong run must leave no trace in its folder.
  const saved = readRunRecord(place);
  if (saved !== null) requireSameRun(place, upgradeRecord(saved, filled.upgrade), filled);
  const lock = takeLock(place, { clock: filled.clock });
  try {
    return openLocked(place, filled, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function prepareFolder(folder: string): string {
  try {
    makeFolder(folder);
    return realpathSync(folder);
  } catch (error) {
    throw fileProblem(folder, "made", error);
  }
}

function openLocked(folder: string, options: CheckedRun, lock: Lock): Run {
  const notices: string[] = [];
  const identity = writeOrCompareRecord(folder, options, lock, notices);
  if (lock.tookOver !== null) {
    const owner = lock.tookOver === "unknown" ? "a process that left no name" : describeOwner(lock.tookOver);
    notices.push(`The run was taken over from ${owner}, which ended without closing it.`);
  }
  removeLeftovers(folder);
  const finished = readFinished(folder, notices);
  const renew = lock.tookOver !== null;
  const point = finished ? null : findResumePoint(folder, identity, renew, lock.check);
  notices.push(...(point?.notices ?? []));
  if (renew) renewFile(join(folder, "log.txt"), lock);

  const metricHash = new MetricHash();
  for (const { text } of point?.lines ?? []) metricHash.add(text);
  const newest = finished ? newestGoodCheckpoint(folder, identity)?.note : point?.note;
  const step = newest?.step ?? null;
  const files = new Set(newest?.files ?? []);
  const metrics = finished ? null : openAppended(join(folder, "metrics.jsonl"), lock.check);
  const log = openAppended(join(folder, "log.txt"), lock.check);
  const run = workIn({ ...options, folder, identity, lock, notices, log, metrics, metricHash, step, files });
  try {
    flushFolder(folder);
    run.log(finished ? "Opened; it is done." : step === null ? "Begun." : `Carried on from step ${step}.`);
    for (const notice of notices) run.log(notice);
  } catch (error) {
    run.close();
    throw error;
  }
  return run;
}

function writeOrCompareRecord(folder: string, options: CheckedRun, lock: Lock, notices: string[]): string {
  const { kind, configuration, inputs, clock } = options;
  const versions = describeVersions();
  const saved = readRunRecord(folder);
  if (saved === null) {
    requireNoWork(folder);
    const created = clock.now().toISOString();
    const record = { kind, configuration, inputs, versions, machine: describeMachine(), created };
    lock.check();
    writeAtomically(join(folder, "run.json"), writeRunRecord(record), lock.check);
  } else {
    requireSameRun(folder, upgradeRecord(saved, options.upgrade), options);
    const notice = compareVersions(saved.versions, versions);
    if (notice !== null) notices.push(notice);
  }
  return hashIdentity(saved ?? options);
}

// run.json is written first: where there is work without it, it was lost, and so was what the work belongs to.
function requireNoWork(folder: string): void {
  const metrics = readOwnFile(join(folder, "metrics.jsonl"), mostMetricBytes);
  if (listCheckpoints(folder).length > 0 || (metrics?.length ?? 0) > 0) {
    throw new Problem(
      `${folder} holds checkpoints or metrics and no run.json that says what they belong to.`,
      "Put its run.json back, or choose another folder.",
    );
  }
}

function readFinished(folder: string, notices: string[]): boolean {
  try {
    return readOutcome(folder) !== null;
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    notices.push(`The run was done, and is no longer as it was: ${error.what} It is carried on from its checkpoint.`);
    return false;
  }
}

// A former owner that goes on has the old file open, and writes into that.
function renewFile(path: string, lock: Lock): void {
  const bytes = readOwnFile(path, mostMetricBytes);
  lock.check();
  if (bytes !== null) writeAtomically(path, bytes, lock.check);
}
