import { unparse } from "papaparse";

/** What a spreadsheet program takes for a formula, whoever wrote it: the first letter decides. */
const formula = /^'*[=+\-@\t\r]/;

/**
 * Writes a table as comma-separated values that a spreadsheet program shows and does not run: a text that would be taken for
 * a formula begins with an apostrophe. Numbers are left as they are.
 *
 * @param fields The columns' names.
 * @param rows The rows; null and undefined are empty cells.
 */
export function tableText(
  fields: readonly string[],
  rows: readonly (readonly (string | number | boolean | null | undefined)[])[],
): string {
  const cell = (value: string | number | boolean | null | undefined) =>
    typeof value === "string" ? neutraliseCell(value) : (value ?? "");
  const data = rows.map((row) => row.map(cell));
  return `${unparse({ fields: fields.map(neutraliseCell), data }, { newline: "\n" })}\n`;
}

function neutraliseCell(text: string): string {
  const isNumber = text.trim() === text && text !== "" && Number.isFinite(Number(text));
  return formula.test(text) && !isNumber ? `'${text}` : text;
}

/** Gives the text of a cell of {@link tableText} as it was before. */
export function restoreCell(text: string): string {
  return text.startsWith("'") && formula.test(text.slice(1)) ? text.slice(1) : text;
}
