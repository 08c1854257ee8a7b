import { join } from "node:path";

import * as v from "valibot";

import { readKeptLines, writeJsonLines } from "./json-lines";

const scoreSchema = v.strictObject({
  /** The set of the network, and its place there. */
  set: v.string(),
  place: v.number(),
  /** How much passes through the network: `synflow`, a logarithm. */
  synflow: v.number(),
  /** How differently it answers to different images: `naswot`, a logarithm. */
  naswot: v.number(),
  /** Processor seconds of both. */
  cpuSeconds: v.number(),
  /** The hash of the protocol. */
  protocol: v.string(),
});

/**
 * What a network scores without any training.
 *
 * @interface
 */
export type TrainingFreeRow = Readonly<v.InferOutput<typeof scoreSchema>>;

/** The file of a benchmark's folder with them, a line of JSON each. */
export const trainingFreeFile = "training-free.jsonl";

/**
 * Reads what networks of a benchmark score without training.
 *
 * @param folder The benchmark's folder.
 * @returns The scores; none where there are none yet.
 * @throws {Problem} Where a line is no score.
 */
export function readTrainingFree(folder: string): TrainingFreeRow[] {
  return readKeptLines(join(folder, trainingFreeFile), scoreSchema);
}

/**
 * Adds scores to a benchmark's.
 *
 * @param folder The benchmark's folder.
 * @throws {Problem} Where the file cannot be written.
 */
export function appendTrainingFree(folder: string, rows: readonly TrainingFreeRow[]): void {
  writeJsonLines(join(folder, trainingFreeFile), [...readTrainingFree(folder), ...rows]);
}
