import { escapeHtml } from "../display/html";
import { formatColumn, type TableCell } from "../display/table";
import type { BlockOf } from "./report-contents";

/** Letters that a cell may have to stay on one line. */
const shortText = 30;

/** Rows that are shown at once; longer tables are folded. */
const mostRows = 20;

/**
 * Writes a table as HTML, folded where it is long. Columns whose cells are all numbers, or numbers with an interval or a mark, are set to the right.
 *
 * @returns The HTML; a sentence in place of a table without rows.
 */
export function renderTable({ caption, rows, note = "" }: BlockOf<"table">): string {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return `<p class="small">${escapeHtml(caption)}: no rows.</p>`;
  const numeric = columns.map((column) => rows.every((row) => isNumeric(row[column])));
  const head = columns.map(
    (column, index) => `<th scope="col"${numeric[index] ? ' class="number"' : ""}>${escapeHtml(column)}</th>`,
  );
  const texts = columns.map((column) => formatColumn(rows.map((row) => row[column])));
  const body = rows.map(
    (_, row) => `<tr>${texts.map((column, index) => cellOf(column[row]!, numeric[index]!)).join("")}</tr>`,
  );
  const below = note === "" ? "" : `<p class="small">${escapeHtml(note)}</p>`;
  const name = escapeHtml(caption);
  const table = [
    `<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table aria-label="${name}">`,
    `<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`,
  ].join("");
  const shown = rows.length > mostRows ? `<details><summary>${rows.length} rows</summary>${table}</details>` : table;
  // The caption is no part of the table, so that it does not scroll away with it.
  return `<div class="table"><p class="title">${name}</p>${shown}${below}</div>`;
}

function cellOf(text: string, numeric: boolean): string {
  const names = [...(numeric ? ["number"] : []), ...(text.length <= shortText ? ["short"] : [])];
  return `<td${names.length === 0 ? "" : ` class="${names.join(" ")}"`}>${escapeHtml(text)}</td>`;
}

// "0.912 [0.871, 0.945] ★", "< 0.001", "+0.012 [−0.004, +0.028]", "0.91 ± 0.02".
function isNumeric(value: TableCell): boolean {
  if (value === null || value === undefined || typeof value === "number") return true;
  if (typeof value !== "string") return false;
  return value === "not defined" || /^[<>≈+−-]?\s?\d[\d\s.,[\]()+−±–%★≈-]*$/.test(value);
}
