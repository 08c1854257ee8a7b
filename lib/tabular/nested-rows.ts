import { join } from "node:path";

import * as v from "valibot";

import { writeAtomically } from "../files/write-atomically";
import { readKeptJson, readKeptLines, writeJsonLines } from "./json-lines";
import { appendThousandths, endOf, placesBehind, takeLogits } from "./logits-file";

const nestedRowSchema = v.strictObject({
  /** The arm, by its name in the protocol; of a network that was not searched for, its name there. */
  arm: v.string(),
  /** The seed of the search; null: the network was not searched for. */
  search: v.nullable(v.number()),
  /** The outer fold, from 1, of whose test part the search has seen nothing. */
  fold: v.number(),
  /** The hash of the network's architecture, and its decisions. */
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
  /** The area of the network on what the outer fold tests, by each seed of its training. */
  areas: v.array(v.number()),
  /** Where the logits of these trainings are, one after the other. */
  logits: v.strictObject({ from: v.number(), count: v.number() }),
  /** The hash of the protocol. */
  protocol: v.string(),
});

/**
 * What a search on an outer fold came to, or a network beside it.
 *
 * @interface
 */
export type NestedRow = Readonly<v.InferOutput<typeof nestedRowSchema>>;

/** The file of a benchmark's folder with them, a line of JSON each. */
export const nestedFile = "nested.jsonl";

/** The file with what their networks say of the images that the outer folds test, as the table's files of logits. */
const logitsFile = "nested-logits.int16";

/** The file with the ids of the images that each outer fold tests. */
const imagesFile = "nested-images.json";

/** A row with the logits of malignant of each of its trainings, in the order of the outer fold's ids. */
export interface MeasuredNested {
  readonly row: Omit<NestedRow, "logits">;
  readonly logits: readonly (readonly number[])[];
}

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

/**
 * Reads what the networks of all rows say of the images that their outer fold tests.
 *
 * @returns For each row and each seed of its training the logits of malignant, in the order of `readTestedIds`.
 * @throws {Problem} Where the file is missing, or has other numbers than the rows want.
 */
export function readNestedLogits(folder: string, rows: readonly NestedRow[]): Float64Array[][] {
  if (rows.length === 0) return [];
  const all = takeLogits(join(folder, logitsFile), () => rows.map(({ logits }) => logits));
  return all.map((logits, place) => {
    const seeds = rows[place]!.areas.length;
    const each = logits.length / seeds;
    return Array.from({ length: seeds }, (_, seed) => logits.subarray(seed * each, (seed + 1) * each));
  });
}

/**
 * Reads which images the outer folds test.
 *
 * @returns Their ids by outer fold, as far as these were tested.
 * @throws {Problem} Where the file is none.
 */
export function readTestedIds(folder: string): Readonly<Record<string, readonly string[]>> {
  return readKeptJson(join(folder, imagesFile), v.record(v.string(), v.array(v.string()))) ?? {};
}

/**
 * Adds what came of an outer fold to a benchmark's. The rows are written last: what an interruption leaves of the rest is written again.
 *
 * @param ids The images that the outer fold tests.
 */
export function appendNested(folder: string, measured: readonly MeasuredNested[], ids: readonly string[]): void {
  const before = readNested(folder);
  const places = before.map(({ logits }) => logits);
  const added = placesBehind(
    places,
    measured.map(({ logits }) => logits.flat().length),
  );
  const rows = measured.map(({ row }, place): NestedRow => ({ ...row, logits: added[place]! }));
  const tested = { ...readTestedIds(folder), [String(measured[0]?.row.fold)]: ids };
  writeAtomically(join(folder, imagesFile), `${JSON.stringify(tested)}\n`);
  appendThousandths(
    join(folder, logitsFile),
    endOf(places),
    measured.flatMap(({ logits }) => logits.flat()),
  );
  writeJsonLines(join(folder, nestedFile), [...before, ...rows]);
}
