import { read, type CellObject } from "@e965/xlsx";

import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { readWhole } from "./read-whole";
import { checkSheetArchive } from "./sheet-archive";
import { rowsOf, tableColumns, type TableColumns, type TableRow } from "./table-rows";

/**
 * Reads the first sheet of an Excel workbook (.xlsx). Formulas are not evaluated: the value that was saved with one counts.
 *
 * @param path The file. The sheet's first row names the columns.
 * @returns The rows below the header, in order. Cells are texts: numbers in plain decimal digits ("0.0000001", never
 *   "1e-7"), dates as Excel's number of days, truth values as "TRUE" and "FALSE", errors as Excel shows them ("#N/A"), empty
 *   cells as "".
 * @throws {Problem} Where the file is missing or no workbook, a column is missing, a row is empty or has a cell beyond the
 *   header, or a formula was saved without its value; the message names file, row and what was expected.
 */
export function readSheet(path: string, options: TableColumns): TableRow[] {
  const wanted = checkOptions("readSheet", tableColumns, options);
  return rowsOf(path, gridOf(readCells(readWorkbook(path), path), path), wanted);
}

/**
 * Reads the first sheet of an Excel workbook that has more than one cell, as rows of cells; see {@link readSheet}.
 *
 * @returns The rows, and how they were found, in words.
 * @throws {Problem} Where the file is missing or no workbook, or a formula was saved without its value.
 */
export function readSheetGrid(path: string): [grid: readonly (readonly string[])[], form: string] {
  const bytes = readWorkbook(path);
  const names = readNames(bytes, path);
  for (const [index, name] of names.entries()) {
    const grid = gridOf(readCells(bytes, path, index), path);
    if (grid.some((row) => row.length > 1)) {
      return [grid, names.length === 1 ? "a workbook" : `sheet "${name}", of ${names.length} in the workbook`];
    }
  }
  throw new Problem(`${path} has no sheet with a table.`, "Copy the original file again.");
}

function readWorkbook(path: string): Buffer {
  const bytes = readWhole(path, largest);
  checkSheetArchive(bytes, path);
  return bytes;
}

function gridOf(stored: SparseCells, path: string): string[][] {
  const cells = boundCells(stored, path);
  const width = (cells[0] ?? []).length;
  return Array.from(cells, (row, index) => {
    const texts = Array.from(row ?? [], (cell, column) =>
      textOf(cell, `${path}, row ${index + 1}, column ${column + 1}`),
    );
    // A workbook does not store the empty cells at the end of a row.
    while (texts.length > width && texts.at(-1) === "") texts.pop();
    return [...texts, ...new Array<string>(Math.max(0, width - texts.length)).fill("")];
  });
}

/** How Excel shows its errors, by the numbers of its file format (ECMA-376 keeps those of BIFF). */
const errors: Readonly<Record<number, string>> = {
  0x00: "#NULL!",
  0x07: "#DIV/0!",
  0x0f: "#VALUE!",
  0x17: "#REF!",
  0x1d: "#NAME?",
  0x24: "#NUM!",
  0x2a: "#N/A",
  0x2b: "#GETTING_DATA",
};

/** Rows and cells that are not stored are missing in the lists. */
type SparseCells = (readonly (CellObject | undefined)[] | undefined)[];

/** The most bytes of a workbook, and the most rows and columns of its sheet: more than any table of a data set has. */
const [largest, mostRows, mostColumns] = [256 * 2 ** 20, 250_000, 2000];

/**
 * Cuts off what lies behind the last row and column with contents, and holds them to a bound: a sheet of 5 kB may place a cell
 * in row 1,000,000,000, and programs format whole columns that are empty.
 */
function boundCells(cells: SparseCells, path: string): SparseCells {
  let [height, width] = [0, 0];
  // Visits the rows and cells that are stored, and none between them.
  cells.forEach((row, index) => {
    row?.forEach((cell, column) => {
      if (cell === undefined || (cell.t === "z" && cell.f === undefined)) return;
      height = Math.max(height, index + 1);
      width = Math.max(width, column + 1);
    });
  });
  if (height > mostRows || width > mostColumns) {
    throw new Problem(
      `${path} has cells up to row ${height} and column ${width}, expected at most ${mostRows} rows and ${mostColumns} columns.`,
      "Look whether it is the right file; delete what stands far below or beside the table.",
    );
  }
  return cells.slice(0, height).map((row) => row?.slice(0, width));
}

function readCells(bytes: Buffer, path: string, index = 0): SparseCells {
  return readAs(path, () => {
    const workbook = read(bytes, { type: "buffer", dense: true, sheets: index, sheetStubs: true, cellText: false });
    const sheet = workbook.Sheets[workbook.SheetNames[index]!];
    return sheet?.["!data"] ?? [];
  });
}

function readNames(bytes: Buffer, path: string): readonly string[] {
  return readAs(path, () => read(bytes, { type: "buffer", bookSheets: true }).SheetNames);
}

function readAs<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw new Problem(
      `${path} is not a whole Excel workbook: ${error instanceof Error ? error.message : "it cannot be read"}.`,
      "Copy the original file again, or save it anew as .xlsx.",
    );
  }
}

function textOf(cell: CellObject | undefined, place: string): string {
  if (cell === undefined) return "";
  if (cell.t === "z" && cell.f !== undefined) {
    throw new Problem(
      `${place} has the formula "${cell.f.slice(0, 60)}" without its value.`,
      "Open the file in a spreadsheet program, and save it again.",
    );
  }
  if (cell.t === "z") return "";
  if (cell.t === "e") return errors[Number(cell.v)] ?? "#ERROR!";
  if (typeof cell.v === "number") return decimalOf(cell.v);
  if (typeof cell.v === "boolean") return cell.v ? "TRUE" : "FALSE";
  return cell.v === undefined ? "" : String(cell.v);
}

/**
 * Writes a number in plain decimal digits, as few as tell it from all other numbers.
 *
 * @param value The number, finite.
 * @returns "0.0000001" for 1e-7, "1500" for 1.5e3.
 */
export function decimalOf(value: number): string {
  const [mantissa, exponent] = String(value).split("e");
  if (exponent === undefined) return mantissa!;
  const sign = value < 0 ? "-" : "";
  const [whole, fraction = ""] = mantissa!.replace("-", "").split(".");
  const digits = `${whole!}${fraction}`;
  const point = whole!.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return `${sign}${digits.padEnd(point, "0")}`;
}
