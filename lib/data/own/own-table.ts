import { readGrid, type TableGrid } from "../../files/table-grid";
import { Problem } from "../../runtime/problem";
import { findColumns, type Columns, type Field } from "./columns";
import type { Description } from "./description";
import { pathOf } from "./sort-files";
import type { FoundFile } from "./walk-files";

/** The table of a folder, read. */
export interface OwnTable {
  /** Its path in the folder, with "/". */
  readonly name: string;
  /** Which column says what. */
  readonly columns: Columns;
  /** Columns that say nothing that a study knows. */
  readonly unused: readonly string[];
  readonly rows: readonly OwnRow[];
  /** How it was read, in words. */
  readonly form: string;
}

/** A row of a table. */
export interface OwnRow {
  /** How messages name it: "images.csv, row 7". */
  readonly place: string;
  /** Gives the cell of a field, as it stands there; empty where the table has no such column. */
  cell(field: Field): string;
}

/**
 * Chooses the table that says what the images show: the one that was named, else the one that is called `images` or, as on
 * Hugging Face, `metadata`, else the only one.
 *
 * @returns Its file; null where there is none, or none was wanted.
 * @throws {Problem} Where there are several, or the one that was named is not there.
 */
export function chooseTable(tables: readonly FoundFile[], said: Description["table"]): FoundFile | null {
  if (said === "none") return null;
  const names = tables.map(pathOf);
  if (said !== undefined) {
    const wanted = said.replaceAll("\\", "/");
    const found = tables.filter((one) => pathOf(one) === wanted || one.parts.at(-1) === wanted);
    if (found.length === 1) return found[0]!;
    const there = names.length === 0 ? "no table" : names.join(", ");
    throw new Problem(`There is no table "${said}" in the folder, but ${there}.`, "Name one of them: --table FILE");
  }
  for (const usual of [/^images\.(csv|tsv|xlsx)$/i, /^metadata\.csv$/i]) {
    const found = tables.filter(({ parts }) => usual.test(parts.at(-1)!));
    if (found.length === 1) return found[0]!;
  }
  if (tables.length > 1) {
    throw new Problem(
      `There are ${tables.length} tables in the folder: ${names.slice(0, 10).join(", ")}.`,
      'Name the one that says what the images show, --table FILE, or "none": --table none',
    );
  }
  return tables[0] ?? null;
}

/**
 * Reads a table by the columns that were named, or that are called as usual.
 *
 * @throws {Problem} Where it cannot be read, or says neither which image nor which patient a row is of.
 */
export function readOwnTable(file: FoundFile, said: Description["columns"]): OwnTable {
  const name = pathOf(file);
  const grid = readNamed(file.path, name);
  const columns = findColumns(grid.header, said, name);
  if (columns.image === undefined && columns.patient === undefined) {
    throw new Problem(
      `${name} has no column that names images, nor one that names patients. It has ${grid.header.slice(0, 30).join(", ")}.`,
      "Say which it is: --map image=COLUMN, or leave the table out: --table none",
    );
  }
  const twice = Object.values(columns).find(
    (column) => grid.header.indexOf(column) !== grid.header.lastIndexOf(column),
  );
  if (twice !== undefined) throw new Problem(`${name} has the column "${twice}" twice.`, "Rename one of them.");
  const used = new Set<string>(Object.values(columns));
  const places = new Map(Object.entries(columns).map(([field, column]) => [field, grid.header.indexOf(column)]));
  return {
    name,
    columns,
    unused: grid.header.filter((column) => column !== "" && !used.has(column)),
    rows: grid.rows.map(({ number, cells }) => ({
      place: `${name}, row ${number}`,
      cell: (field) => cells[places.get(field) ?? -1] ?? "",
    })),
    form: grid.form,
  };
}

// Messages name the table as the person knows it.
function readNamed(path: string, name: string): TableGrid {
  try {
    return readGrid(path);
  } catch (error) {
    if (error instanceof Problem) throw new Problem(error.what.replace(path, name), error.fix);
    throw error;
  }
}
