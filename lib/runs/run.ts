import { join } from "node:path";

import { writeAtomically } from "../files/write-atomically";
import type { Clock } from "../runtime/environment";
import { Problem } from "../runtime/problem";
import type { AppendedFile } from "./appended-file";
import { checkpointPath, readCheckpoint, removeOldCheckpoints, writeCheckpoint } from "./checkpoint-files";
import { placeInside, placeToWrite } from "./file-names";
import type { Lock } from "./lock";
import { mostMetricBytes, readMetricLines, writeMetric, type Metric, type MetricHash } from "./metric-lines";
import { hashFileOf, mostFileBytes, writeOutcome } from "./outcome";
import { readOwnFile } from "./read-own-file";
import type { Json, SavedState } from "./state";

/**
 * A run's folder, open for writing by this process alone. It survives an end at any moment: what was saved is there, whole, and
 * the run is carried on from there by opening it again.
 *
 * Every method refuses with a {@link Problem} once the run is closed, and those that write once another process has taken the
 * folder over. What cannot be written, as on a full disk, is a {@link Problem} that names the file; what was there is then as it
 * was, and the call can be made again.
 */
export interface Run {
  /** The folder's path, without links. */
  readonly folder: string;
  /** The checkpoint that it carries on from; null where it starts from the beginning. */
  readonly resumed: { readonly step: number } | null;
  /** What the user should know, in sentences: damaged checkpoints that were left aside, a dead owner, other versions. */
  readonly notices: readonly string[];
  /** Whether it is done, and the result, the metrics and every file are still as they were then. */
  readonly finished: boolean;
  /** Reads the newest checkpoint: after which step it was saved, and what; null where there is none. */
  latest(): { readonly step: number; readonly state: SavedState } | null;
  /**
   * Saves a checkpoint, which lasts through a power cut, and then removes old ones. The metrics that were recorded
   * so far belong to it: later ones are dropped where the run is carried on from here.
   *
   * @param step After which step, a whole number from 0, not below that of the newest checkpoint.
   */
  saveCheckpoint(step: number, state: SavedState): void;
  /**
   * Adds a line to metrics.jsonl.
   *
   * @param metric Names and values, finite numbers and other plain data; the time of day is added as "time".
   */
  record(metric: Metric): void;
  /** Reads metrics.jsonl, the oldest line first. */
  metrics(): readonly Metric[];
  /**
   * Writes a file into the folder, whole or not at all.
   *
   * @param name Its name; "/" divides it from the folders it lies in, which are made.
   * @param contents What to write, a text as UTF-8.
   */
  writeFile(name: string, contents: string | Uint8Array): void;
  /** Reads a file of the folder; null where there is none. */
  readFile(name: string): Uint8Array | null;
  /** Adds a line to log.txt, with the time of day. */
  log(line: string): void;
  /**
   * Says that the run is done. Nothing can be written afterwards.
   *
   * @param checkpoints What becomes of the checkpoints: they stay, or are removed where nobody will carry on from them. A run
   *   whose files are damaged afterwards then begins anew. Default: "keep".
   */
  finish(result: Json, checkpoints?: "keep" | "remove"): void;
  /** Gives the folder free. May be called twice. */
  close(): void;
}

/** What a run that is open consists of. */
export interface RunParts {
  readonly folder: string;
  /** The hash that its checkpoints name. */
  readonly identity: string;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly keep: number;
  readonly notices: readonly string[];
  readonly log: AppendedFile;
  /** The file metrics.jsonl; null where the run is done. */
  readonly metrics: AppendedFile | null;
  /** Its lines so far. */
  readonly metricHash: MetricHash;
  /** The step of the newest good checkpoint. */
  readonly step: number | null;
  /** The names of the files that the run has written, as far as its newest checkpoint knows. */
  readonly files: Set<string>;
}

/** Makes the methods of a run whose folder is made ready; closing it closes the files and releases the lock. */
export function workIn(parts: RunParts): Run {
  const { folder, identity, lock, clock, keep, notices, log, metrics, metricHash, step, files } = parts;
  let finished = metrics === null;
  let closed = false;
  let newest = step;
  const requireOpen = () => {
    if (closed) throw new Problem(`The run in ${folder} was closed.`, "Open it again.");
  };
  const requireUnfinished = (): AppendedFile => {
    requireOpen();
    if (finished || metrics === null) {
      throw new Problem(`The run in ${folder} is done, and is not changed any more.`, "Begin a new one elsewhere.");
    }
    return metrics;
  };
  return {
    folder,
    resumed: step === null ? null : { step },
    notices,
    get finished() {
      return finished;
    },
    latest() {
      requireOpen();
      if (newest === null) return null;
      const checkpoint = readCheckpoint(folder, newest, identity);
      if (checkpoint === null) {
        throw new Problem(`${checkpointPath(folder, newest)} is missing.`, "Put it back, or open the run again.");
      }
      return { step: newest, state: checkpoint.state };
    },
    saveCheckpoint(at, state) {
      const lines = requireUnfinished();
      if (!Number.isSafeInteger(at) || at < (newest ?? 0)) {
        throw new Problem(
          `A checkpoint was to be saved after step ${at}, expected a whole number from ${newest ?? 0}.`,
          "Count the steps on from the checkpoint that the run was carried on from.",
        );
      }
      // First: a checkpoint must not know of lines that a power cut can take.
      lines.flush();
      const note = {
        ...{ run: identity, step: at, metricBytes: lines.length, metricHash: metricHash.digest() },
        files: [...files].sort(),
      };
      writeCheckpoint(folder, { note, state }, lock.check);
      newest = at;
      removeOldCheckpoints(folder, keep, lock.check);
    },
    record(metric) {
      const lines = requireUnfinished();
      const text = writeMetric(metric, clock.now());
      lines.append(`${text}\n`);
      metricHash.add(text);
    },
    metrics() {
      requireOpen();
      const bytes = readOwnFile(join(folder, "metrics.jsonl"), mostMetricBytes);
      return readMetricLines(bytes ?? new Uint8Array()).lines.map(({ metric }) => metric);
    },
    writeFile(name, contents) {
      requireUnfinished();
      const path = placeToWrite(folder, name);
      lock.check();
      writeAtomically(path, contents, lock.check);
      files.add(name);
    },
    readFile(name) {
      requireOpen();
      return readOwnFile(placeInside(folder, name), mostFileBytes);
    },
    log(line) {
      requireOpen();
      log.append(`${clock.now().toISOString()} ${plainLine(line)}\n`);
    },
    finish(result, checkpoints = "keep") {
      const lines = requireUnfinished();
      lines.flush();
      const sums = [...files].sort().map((name) => [name, requireHash(folder, name)] as const);
      const text = writeOutcome(result, Object.fromEntries(sums), metricHash.digest(), clock.now());
      lock.check();
      writeAtomically(join(folder, "done.json"), text, lock.check);
      finished = true;
      if (checkpoints === "remove") {
        removeOldCheckpoints(folder, 0, lock.check);
        newest = null;
      }
    },
    close() {
      if (closed) return;
      closed = true;
      log.close();
      metrics?.close();
      lock.release();
    },
  };
}

function requireHash(folder: string, name: string): string {
  const sum = hashFileOf(folder, name);
  if (sum === null) {
    throw new Problem(`${join(folder, name)} was written by the run and is missing.`, "Put it back, or run again.");
  }
  return sum;
}

// One line whatever it holds, and nothing that a terminal obeys.
const plainLine = (line: string) => line.replaceAll(/\r?\n/g, " ⏎ ").replaceAll(/[\x00-\x08\x0b-\x1f\x7f]/g, "?");
