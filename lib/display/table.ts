import * as v from "valibot";

import { wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { escapeHtml } from "./html";
import { show, type MimeBundle } from "./notebook";

/** What a cell of a table may hold; numbers are written with four significant digits, `null` as a dash. */
export type TableCell = string | number | boolean | null | undefined;

/** The part of danfo's DataFrame that a table needs. */
export interface DataFrameLike {
  readonly columns: string[];
  readonly values: unknown;
}

const tableOptions = v.strictObject({
  /** A line above it; default: none. */
  caption: v.optional(v.string(), ""),
  /** The most rows that are shown, from 1; the number of those left out is said below. Default: 50. */
  rows: v.optional(wholeNumber({ from: 1 }), 50),
  /** Digits that carry meaning in a number that is not whole, from 1 to 15; default: 4. */
  digits: v.optional(wholeNumber({ from: 1, to: 15 }), 4),
});

/**
 * How a table is shown.
 *
 * @interface
 */
export type TableOptions = Required<v.InferInput<typeof tableOptions>>;

/** A table, ready to be written in any form. */
interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly leftOut: number;
}

/**
 * Shows a table below the running cell, or prints it in a terminal.
 *
 * @param table A danfo DataFrame, or a list of objects with the same keys.
 */
export function showTable(
  table: DataFrameLike | readonly Record<string, TableCell>[],
  options: Partial<TableOptions> = {},
): void {
  show(renderTable(table, options));
}

/** Writes a table in every form in which it can be shown. */
export function renderTable(
  table: DataFrameLike | readonly Record<string, TableCell>[],
  options: Partial<TableOptions> = {},
): MimeBundle {
  const settings = checkOptions("showTable", tableOptions, options);
  const content = readTable(table, settings.rows);
  return { "text/html": renderHtml(content, settings), "text/plain": renderText(content, settings) };
}

function readTable(table: DataFrameLike | readonly Record<string, TableCell>[], most: number): TableContent {
  const columns = "columns" in table ? table.columns : Object.keys(table[0] ?? {});
  const all =
    "columns" in table ? (table.values as TableCell[][]) : table.map((row) => columns.map((column) => row[column]));
  return { columns, rows: all.slice(0, most), leftOut: Math.max(0, all.length - most) };
}

/**
 * Writes a value as a table shows it.
 *
 * @param digits Digits that carry meaning in a number that is not whole.
 * @returns "0.0001234" for a small number, never "0.00"; "–" for none, "not a number" for NaN.
 */
export function formatCell(value: TableCell, digits = 4): string {
  if (value === null || value === undefined) return "–";
  if (typeof value !== "number") return String(value);
  if (Number.isNaN(value)) return "not a number";
  if (value < 0) return `−${formatCell(-value, digits)}`;
  if (Number.isInteger(value) || !Number.isFinite(value))
    return value.toLocaleString("en-US", { useGrouping: Math.abs(value) >= 10_000 });
  return String(Number(value.toPrecision(digits)));
}

/**
 * Writes a column as a table shows it: fractions below 10 have equally many digits behind the point, as papers print them. Columns with
 * larger or very small ones stay as {@link formatCell} writes them: more digits would mean nothing.
 *
 * @param digits Digits that carry meaning in a number that is not whole.
 * @returns ["0.7130", "0.8222"] of 0.713 and 0.8222; whole numbers, and what is no number, as {@link formatCell} writes them.
 */
export function formatColumn(values: readonly TableCell[], digits = 4): string[] {
  const texts = values.map((value) => formatCell(value, digits));
  const behindPoint = texts.map((text, row) =>
    typeof values[row] === "number" ? (/^−?\d+\.(\d+)$/.exec(text)?.[1]?.length ?? 0) : 0,
  );
  const most = Math.max(0, ...behindPoint);
  const isLarge = values.some((value, row) => behindPoint[row]! > 0 && Math.abs(value as number) >= 10);
  return most > digits || isLarge
    ? texts
    : texts.map((text, row) =>
        behindPoint[row] === 0 ? text : text.padEnd(text.length + most - behindPoint[row]!, "0"),
      );
}

const isNumeric = (content: TableContent, column: number) =>
  content.rows.length > 0 &&
  content.rows.every((row) => typeof row[column] === "number" || row[column] === null || row[column] === undefined);

function textsOf({ columns, rows }: TableContent, digits: number): string[][] {
  const written = columns.map((_, column) =>
    formatColumn(
      rows.map((row) => row[column]),
      digits,
    ),
  );
  return rows.map((_, row) => written.map((texts) => texts[row]!));
}

/** Texts of so many letters stay on one line: a number and its deviation, a name. */
const shortText = 28;

/** Captions of more letters are broken into lines; shorter ones may be wider than their table. */
const longCaption = 100;

const wrapping = (text: string) => (text.length <= shortText && !text.includes("\n") ? "white-space:nowrap;" : "");

function renderHtml(content: TableContent, { caption, digits }: TableOptions): string {
  const cell = "padding:4px 9px;border-bottom:1px solid #ddd;white-space:pre-wrap;max-width:36em;vertical-align:top;";
  // A page may break words anywhere, and then a heading over numbers is a column of letters.
  const words = "overflow-wrap:normal;word-break:normal;";
  const align = content.columns.map((_, column) =>
    isNumeric(content, column) ? "text-align:right;font-variant-numeric:tabular-nums;" : "text-align:left;",
  );
  const head = content.columns.map(
    (name, column) =>
      `<th scope="col" style="${cell}${words}${align[column]}border-bottom:2px solid #888">${escapeHtml(name)}</th>`,
  );
  const body = textsOf(content, digits).map(
    (row) =>
      `<tr>${row.map((text, column) => `<td style="${cell}${align[column]}${wrapping(text)}">${escapeHtml(text)}</td>`).join("")}</tr>`,
  );
  const title =
    caption === ""
      ? ""
      : `<caption style="text-align:left;${caption.length <= longCaption ? "white-space:nowrap;" : ""}padding:4px 9px;font-weight:600;caption-side:top">${escapeHtml(caption)}</caption>`;
  const foot =
    content.leftOut === 0 ? "" : `<div style="padding:4px 9px;color:#666">and ${content.leftOut} more rows</div>`;
  const table = `<table style="border-collapse:collapse;margin:0">${title}<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table>`;
  return `<div style="overflow-x:auto">${table}${foot}</div>`;
}

function renderText(content: TableContent, { caption, digits }: TableOptions): string {
  const cells = [content.columns, ...textsOf(content, digits)];
  const widths = content.columns.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) =>
    row
      .map((text, column) =>
        isNumeric(content, column) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!),
      )
      .join("  ")
      .trimEnd(),
  );
  if (caption !== "") lines.unshift(caption);
  if (content.leftOut > 0) lines.push(`and ${content.leftOut} more rows`);
  return lines.join("\n");
}
