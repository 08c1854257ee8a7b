import { join } from "node:path";

import * as v from "valibot";

import { readKeptLines, writeJsonLines } from "./json-lines";

const scoreSchema = v.strictObject({
  /** The way of sharing, by its name in the protocol. */
  variant: v.string(),
  /** The seed of the supernet. */
  seed: v.number(),
  /** The inner fold, from 1: what its supernet has not learned from is scored. */
  fold: v.number(),
  /** The set of the network, and its place there. */
  set: v.string(),
  place: v.number(),
  /** The area under the ROC curve of the fold's validation images. */
  area: v.number(),
  /** Their cross entropy, in nats. */
  loss: v.number(),
  /** Processor seconds of this score. */
  cpuSeconds: v.number(),
  /** Processor seconds of the training of the whole supernet, the same in all its scores. */
  supernetSeconds: v.number(),
  /** The hash of the protocol. */
  protocol: v.string(),
});

/**
 * What a network scores with the weights of a supernet.
 *
 * @interface
 */
export type SharedScoreRow = Readonly<v.InferOutput<typeof scoreSchema>>;

/** The file of a benchmark's folder with them, a line of JSON each. */
export const sharedScoresFile = "shared-scores.jsonl";

/**
 * Reads what networks of a benchmark score with shared weights.
 *
 * @param folder The benchmark's folder.
 * @returns The scores; none where there are none yet.
 * @throws {Problem} Where a line is no score.
 */
export function readSharedScores(folder: string): SharedScoreRow[] {
  return readKeptLines(join(folder, sharedScoresFile), scoreSchema);
}

/**
 * Adds scores to a benchmark's.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where the file cannot be written.
 */
export function appendSharedScores(folder: string, rows: readonly SharedScoreRow[]): void {
  writeJsonLines(join(folder, sharedScoresFile), [...readSharedScores(folder), ...rows]);
}
