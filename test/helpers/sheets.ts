import { writeFileSync } from "node:fs";

import { utils, write } from "@e965/xlsx";

/**
 * Writes an Excel file with one sheet.
 *
 * @param path The file.
 * @param rows Its rows, the first with the columns' names.
 */
export function writeSheet(path: string, rows: (string | number)[][]): void {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), "Sheet1");
  writeFileSync(path, write(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
}
