import { join } from "node:path";

import * as v from "valibot";

import { readKeptLines, writeJsonLines } from "./json-lines";

const nestedRowSchema = v.strictObject({
  /** The arm, by its name in the protocol. */
  arm: v.string(),
  /** The seed of the search. */
  search: v.number(),
  /** The outer fold, from 1, of whose test part the search has seen nothing. */
  fold: v.number(),
  /** The hash of the winner's architecture, and its decisions. */
  network: v.string(),
  code: v.array(v.number()),
  parameters: v.number(),
  multiplyAdds: v.number(),
  /** Trainings of the search. */
  trainings: v.number(),
  /** Processor seconds of the search, supernets included. */
  cpuSeconds: v.number(),
  /** Those of the supernets among them. */
  supernetSeconds: v.number(),
  /** The area of the winner on what the outer fold tests, by each seed of its training. */
  areas: v.array(v.number()),
  /** The hash of the protocol. */
  protocol: v.string(),
});

/**
 * What a search on an outer fold came to.
 *
 * @interface
 */
export type NestedRow = Readonly<v.InferOutput<typeof nestedRowSchema>>;

/** The file of a benchmark's folder with them, a line of JSON each. */
export const nestedFile = "nested.jsonl";

/**
 * Reads what searches on outer folds came to.
 *
 * @param folder The benchmark's folder.
 * @returns The rows; none where there are none yet.
 * @throws {Problem} Where a line is none.
 */
export function readNested(folder: string): NestedRow[] {
  return readKeptLines(join(folder, nestedFile), nestedRowSchema);
}

/** Adds rows to a benchmark's. */
export function appendNested(folder: string, rows: readonly NestedRow[]): void {
  writeJsonLines(join(folder, nestedFile), [...readNested(folder), ...rows]);
}
