import { join } from "node:path";

import * as v from "valibot";

import { hashOf } from "../files/checksum";
import { passed } from "../runtime/option-values";
import { DamagedFile } from "./damaged-file";
import { placeInside } from "./file-names";
import { hashMetricLines, mostMetricBytes, readMetricLines } from "./metric-lines";
import { readOwnFile } from "./read-own-file";
import { hashJson, readSealed, writeSealed } from "./sealed-json";
import type { Json } from "./state";

/** The largest file of a run that is read at once, in bytes. */
export const mostFileBytes = 2e9;

const outcomeSchema = v.object({
  /** What was handed to `finish`. */
  result: passed<Json>("plain data"),
  /** The SHA-256 of each file that the run has written, by its name. */
  files: v.record(v.string(), v.string()),
  /** The SHA-256 of metrics.jsonl without its times. */
  metrics: v.string(),
  /** The SHA-256 of all three: equal for equal outcomes, whenever and however often interrupted they came to be. */
  hash: v.string(),
  /** When it was done, as ISO 8601 in UTC. */
  finished: v.string(),
});

/**
 * What came out of a run that is done: the contents of its file done.json, which is written last.
 *
 * @interface
 */
export type Outcome = Readonly<v.InferOutput<typeof outcomeSchema>>;

/**
 * Writes an outcome as the contents of done.json.
 *
 * @throws {Problem} Where the result cannot be JSON.
 */
export function writeOutcome(
  result: Json,
  files: Readonly<Record<string, string>>,
  metrics: string,
  finished: Date,
): string {
  const outcome = {
    result,
    files,
    metrics,
    hash: hashJson({ result, files, metrics }),
    finished: finished.toISOString(),
  };
  return writeSealed(outcome, "The result");
}

/**
 * Reads what came out of a run, and checks that all of it is still as it was.
 *
 * @returns The outcome; null where there is no done.json.
 * @throws {DamagedFile} Where done.json, the metrics or a file was changed, or is missing.
 * @throws {Problem} Where one of them cannot be read.
 */
export function readOutcome(folder: string): Outcome | null {
  const path = join(folder, "done.json");
  const bytes = readOwnFile(path, 1e8);
  if (bytes === null) return null;
  const outcome = readSealed(bytes, path);
  if (!v.is(outcomeSchema, outcome))
    throw new DamagedFile(`${path} does not say what came out of a run.`, "Run again.");
  for (const [name, sum] of Object.entries(outcome.files)) {
    if (hashFileOf(folder, name) !== sum) {
      throw new DamagedFile(
        `${join(folder, name)} is not what ${path} says it is.`,
        "Put the original back, or run again.",
      );
    }
  }
  const lines = readMetricLines(readOwnFile(join(folder, "metrics.jsonl"), mostMetricBytes) ?? new Uint8Array());
  if (lines.broken > 0 || hashMetricLines(lines.lines) !== outcome.metrics) {
    throw new DamagedFile(
      `${join(folder, "metrics.jsonl")} is not what ${path} says it is.`,
      "Put the original back, or run again.",
    );
  }
  return outcome;
}

/**
 * Hashes a file of a run.
 *
 * @returns The SHA-256 in hexadecimal digits; null where it is missing.
 * @throws {Problem} Where the name leads elsewhere, or it cannot be read.
 */
export function hashFileOf(folder: string, name: string): string | null {
  const bytes = readOwnFile(placeInside(folder, name), mostFileBytes);
  return bytes === null ? null : hashOf(bytes);
}
