import { parse } from "papaparse";

import { Problem } from "../runtime/problem";
import { readSheetGrid } from "./sheet";
import { cellsOf, readText } from "./table";

/** A table of which nothing is known but that it has a header. */
export interface TableGrid {
  /** The columns' names, trimmed. */
  readonly header: readonly string[];
  /** The rows below, each with its number as a spreadsheet shows it and as many cells as the header; empty rows are left out. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly string[] }[];
  /** How it was read, in words: "semicolons between the cells". */
  readonly form: string;
}

/** What stands between two cells, by its name. */
const delimiters: readonly (readonly [delimiter: string, name: string])[] = [
  [",", "commas"],
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"],
];

/**
 * Reads a table as people have it: an Excel workbook (.xlsx), of which the first sheet that is not empty counts, or a text with
 * commas, semicolons, tabs or bars between its cells, in UTF-8, UTF-16 or Windows' Latin-1.
 *
 * @throws {Problem} Where it is missing, no table, has no row below its header, or a row has more cells than the header.
 */
export function readGrid(path: string): TableGrid {
  const [grid, form] = /\.xlsx$/i.test(path) ? readSheetGrid(path) : readDelimited(path);
  const isEmpty = (cells: readonly string[]) => cells.every((cell) => cell.trim() === "");
  const first = grid.findIndex((cells) => !isEmpty(cells));
  if (first === -1) throw new Problem(`${path} is empty, expected a table.`, "Copy the original file again.");
  const header = trimEnd(grid[first]!).map((name) => name.trim());
  const rows = grid.flatMap((cells, index) => {
    if (index <= first || isEmpty(cells)) return [];
    const own = trimEnd(cells);
    if (own.length > header.length) {
      throw new Problem(
        `${path}, row ${index + 1} has ${own.length} cells, its header ${header.length}.`,
        "Put cells that hold the separator into quotes, or correct the row.",
      );
    }
    return [{ number: index + 1, cells: [...own, ...new Array<string>(header.length - own.length).fill("")] }];
  });
  if (rows.length === 0)
    throw new Problem(`${path} has a header and no rows below it.`, "Copy the original file again.");
  return { header, rows, form };
}

function trimEnd(cells: readonly string[]): readonly string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1]!.trim() === "") length--;
  return cells.slice(0, length);
}

function readDelimited(path: string): [grid: readonly (readonly string[])[], form: string] {
  const text = readText(path).replace(/\r\n?/g, "\n");
  // Excel may say in a line of its own what stands between cells.
  const [, told, rest] = /^sep=(.)\n([\s\S]*)$/.exec(text) ?? [];
  const [delimiter, name] = told === undefined ? guessDelimiter(text) : [told, `"${told}"`];
  const grid = cellsOf(path, rest ?? text, delimiter);
  return [rest === undefined ? grid : [[], ...grid], `${name} between its cells`];
}

// The one that makes out most columns, and the same number of them in the first rows.
function guessDelimiter(text: string): readonly [delimiter: string, name: string] {
  const worth = ([delimiter]: readonly [string, string]) => {
    const { data } = parse<string[]>(text, { delimiter, newline: "\n", preview: 20, skipEmptyLines: true });
    const columns = data[0]?.length ?? 0;
    return columns > 1 ? columns * data.filter((row) => row.length === columns).length ** 2 : 0;
  };
  return delimiters.reduce((best, next) => (worth(next) > worth(best) ? next : best));
}
