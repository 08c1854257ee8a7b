import { parse } from "papaparse";
import * as v from "valibot";

import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { readWhole } from "./read-whole";
import { rowsOf, tableColumns, type TableColumns, type TableRow } from "./table-rows";

export type { TableRow } from "./table-rows";

const readOptions = v.strictObject({
  ...tableColumns.entries,
  /** What stands between two cells; default: of ",", ";" and a tab the one that makes out most of the columns. */
  delimiter: v.optional(v.string("a text")),
});

/** How a table is read. @interface */
export type TableReadOptions = v.InferInput<typeof readOptions>;

/** No table of a data set is nearly as large; a larger file is not a table. */
const largest = 256e6;

/**
 * Reads a table of comma-separated values (RFC 4180), also with semicolons or tabs, with quotes, and from Windows. The text
 * is UTF-8 or UTF-16 with a byte order mark, otherwise UTF-8, and where it is not that, Windows' Latin-1.
 *
 * @param path The file. Its first row names the columns.
 * @returns The rows below the header, in order. Cells are texts as they stand there, not trimmed.
 * @throws {Problem} Where the file is missing, no text or empty, a quote is not closed, a column is missing, or a row has too
 *   few or too many cells; the message names file, row and what was expected.
 */
export function readTable(path: string, options: TableReadOptions): TableRow[] {
  const { delimiter, ...wanted } = checkOptions("readTable", readOptions, options);
  // Line ends differ even within one file.
  const text = readText(path).replace(/\r\n?/g, "\n");
  return rowsOf(path, cellsOf(path, text, delimiter ?? guessDelimiter(text, wanted)), wanted);
}

/**
 * Reads the text of a table: UTF-8 or UTF-16, also UTF-16 without a byte order mark, else Windows' Latin-1.
 *
 * @throws {Problem} Where it is missing, too large, or no text.
 */
export function readText(path: string): string {
  const bytes = readWhole(path, largest);
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : unmarkedEncoding(bytes);
  const text = encoding === null ? decodeBytes(bytes) : new TextDecoder(encoding).decode(bytes);
  if (text.includes("\0")) throw noText(path, "it holds NUL characters");
  return text;
}

// Of letters of Western languages, one byte of UTF-16 is 0.
function unmarkedEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const head = bytes.subarray(0, 64);
  const zeros = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  if (head.length < 4 || head.length % 2 !== 0) return null;
  if (zeros(0) === 0 && zeros(1) > head.length / 4) return "utf-16le";
  return zeros(1) === 0 && zeros(0) > head.length / 4 ? "utf-16be" : null;
}

function decodeBytes(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function guessDelimiter(text: string, { columns, optional = [] }: TableColumns): string {
  const found = (delimiter: string) => {
    const header = parse<string[]>(text, { delimiter, newline: "\n", preview: 1 }).data[0] ?? [];
    const names = header.map((name) => name.trim());
    return [...columns, ...optional].filter((name) => names.includes(name)).length;
  };
  return [",", ";", "\t"].reduce((best, next) => (found(next) > found(best) ? next : best));
}

/**
 * Takes a text apart into rows of cells.
 *
 * @param text The text, with "\\n" at the ends of lines.
 * @throws {Problem} Where a quote is not closed.
 */
export function cellsOf(path: string, text: string, delimiter: string): string[][] {
  const { data, errors } = parse<string[]>(text, { delimiter, newline: "\n" });
  const wrong = errors.find(({ type }) => type === "Quotes");
  if (wrong !== undefined) {
    throw new Problem(
      `${path}, row ${(wrong.row ?? 0) + 1} has a quote that is not closed, or text after one that is.`,
      "Correct the row, or copy the original file again.",
    );
  }
  return data;
}

function noText(path: string, why: string): Problem {
  return new Problem(
    `${path} is not a table as text: ${why}.`,
    "Save it from the spreadsheet program as CSV, or copy the original file again.",
  );
}
