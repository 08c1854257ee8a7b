import * as v from "valibot";

import { listOf } from "../runtime/option-values";
import { Problem } from "../runtime/problem";

/** The schema of {@link TableColumns}. */
export const tableColumns = v.strictObject({
  /** The columns that must be there, by the names in its first row. */
  columns: listOf(v.string("a column's name")),
  /** Columns that may be there; default: none. Named here so that they cannot be there twice. */
  optional: v.optional(listOf(v.string("a column's name")), []),
});

/** What a table must have. @interface */
export type TableColumns = v.InferInput<typeof tableColumns>;

/** One row of a table by column; a column that the table does not have is undefined. */
export type TableRow = Record<string, string>;

/**
 * Makes rows by column of rows of cells. Every row has the number that a spreadsheet shows: the one of index 0 is row 2.
 *
 * @param grid All rows, the header first. Empty rows at the end are left out.
 * @returns The rows below the header, all columns under their trimmed names; columns without a name are left out.
 * @throws {Problem} Where the table is empty, has no row below its header, lacks a column, has a column twice, or where a
 *   row is empty or has more or fewer cells than the header.
 */
export function rowsOf(file: string, grid: readonly (readonly string[])[], wanted: TableColumns): TableRow[] {
  let height = grid.length;
  while (height > 0 && isEmpty(grid[height - 1]!)) height--;
  const rows = grid.slice(0, height);
  const header = rows[0]?.map((name) => name.trim());
  if (header === undefined) throw new Problem(`${file} is empty, expected a table.`, "Copy the original file again.");
  checkHeader(file, header, wanted);
  if (rows.length === 1) {
    throw new Problem(`${file} has a header and no rows below it.`, "Copy the original file again.");
  }
  return rows.slice(1).map((cells, index) => {
    if (isEmpty(cells) || cells.length !== header.length) {
      const found = isEmpty(cells) ? "is empty" : `has ${cells.length} ${cells.length === 1 ? "cell" : "cells"}`;
      throw new Problem(
        `${file}, row ${index + 2} ${found}, expected ${header.length} as in its header.`,
        "Correct the row, or copy the original file again.",
      );
    }
    const named = header
      .map((name, column): [string, string] => [name, cells[column]!])
      .filter(([name]) => name !== "");
    // fromEntries makes properties of its own, also of a column that is called "__proto__".
    return Object.fromEntries(named);
  });
}

const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");

function checkHeader(file: string, header: readonly string[], { columns, optional = [] }: TableColumns): void {
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    throw new Problem(
      `${file}, row 1 has no column ${missing.map((name) => `"${name}"`).join(", ")}. It has ${listed(header)}.`,
      "Look whether it is the right file; upper and lower case count.",
    );
  }
  const twice = [...columns, ...optional].find((name) => header.indexOf(name) !== header.lastIndexOf(name));
  if (twice !== undefined) {
    throw new Problem(`${file}, row 1 has the column "${twice}" twice.`, "Rename one of them.");
  }
}

function listed(header: readonly string[]): string {
  const names = header.slice(0, 30).map((name) => (name.length > 60 ? `${name.slice(0, 60)}…` : name));
  return `${names.join(", ")}${header.length > 30 ? ` and ${header.length - 30} more` : ""}`;
}
