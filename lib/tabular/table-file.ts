import { join } from "node:path";

import { Problem } from "../runtime/problem";
import { readKeptLines, writeJsonLines } from "./json-lines";
import { appendThousandths, endOf, placesBehind, takeLogits } from "./logits-file";
import { nameOfRow, rowSchema, type Row } from "./row";

/** The files of a benchmark's folder with what was measured. */
export const tableFiles = {
  /** The rows, a line of JSON each. */
  rows: "table.jsonl",
  /** The logits of validation images, 16-bit whole numbers in thousandths, little-endian. */
  validation: "validation-logits.int16",
  /** The logits of the images that are put aside, in the same order of rows and the same form. */
  test: "test-logits.int16",
} as const;

/** A row with the logits that belong to it. */
export interface MeasuredRow {
  readonly row: Omit<Row, "logits">;
  /** The logit of malignant of each validation image, in the order of the fold's ids. */
  readonly validation: readonly number[];
  /** The same of each image that is put aside, in the order of the outer fold's ids. */
  readonly test: readonly number[];
}

const fix = "Take the table and its logits from version control again.";

/**
 * Reads the rows of a benchmark.
 *
 * @param folder The benchmark's folder.
 * @returns The rows, in the order in which they were measured; none where there is no table yet.
 * @throws {Problem} Where a line is no row, or a row is there twice.
 */
export function readRows(folder: string): Row[] {
  const path = join(folder, tableFiles.rows);
  const rows = readKeptLines(path, rowSchema);
  const seen = new Set<string>();
  for (const row of rows) {
    const name = nameOfRow(row);
    if (seen.has(name)) throw new Problem(`${path} has two rows of ${name}.`, fix);
    seen.add(name);
  }
  return rows;
}

/**
 * Reads the logits of a benchmark: of validation images, or of the images that are put aside, which are read once a choice is
 * made.
 *
 * @param folder The benchmark's folder.
 * @param part Which images.
 * @param table All rows of the benchmark.
 * @returns For each row the logit of malignant of each image, to a thousandth.
 * @throws {Problem} Where the file is missing, or has not as many numbers as the rows want.
 */
export function readLogits(folder: string, part: "validation" | "test", table: readonly Row[]): Float64Array[] {
  if (table.length === 0) return [];
  const path = join(folder, tableFiles[part]);
  return takeLogits(path, (length) => {
    const each = Math.floor(length / table.length);
    return table.map(({ logits }, row) => (part === "validation" ? logits : { from: row * each, count: each }));
  });
}

/**
 * Adds rows to a benchmark's table. The logits are written first: what an interruption leaves of them without rows is cut off
 * when the next rows come.
 *
 * @param folder The benchmark's folder.
 * @param measured The rows.
 * @throws {Problem} Where one is there already, or a file cannot be written.
 */
export function appendRows(folder: string, measured: readonly MeasuredRow[]): void {
  const before = readRows(folder);
  const known = new Set(before.map(nameOfRow));
  const again = measured.find(({ row }) => known.has(nameOfRow(row)));
  if (again !== undefined)
    throw new Problem(
      `The table in ${folder} has the row ${nameOfRow(again.row)} already.`,
      "Measure only what is missing.",
    );
  const images = measured[0]?.test.length ?? 0;
  const places = before.map(({ logits }) => logits);
  const added = placesBehind(
    places,
    measured.map(({ validation }) => validation.length),
  );
  const rows = measured.map(({ row }, place): Row => ({ ...row, logits: added[place]! }));
  const add = (part: "validation" | "test", kept: number) => {
    appendThousandths(
      join(folder, tableFiles[part]),
      kept,
      measured.flatMap((one) => one[part]),
    );
  };
  add("validation", endOf(places));
  add("test", before.length * images);
  writeJsonLines(join(folder, tableFiles.rows), [...before, ...rows]);
}
