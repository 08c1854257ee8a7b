import { join } from "node:path";

import { showTable, type TableCell } from "../display/table";
import { publishPredictions } from "../evaluate/prediction-file";
import { folderNameOf } from "../files/folder-name";
import { tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import type { VariantPredictions } from "./variant-rows";

/** What is kept of variants, and shown. */
export interface KeptVariants {
  /** What its files are called: "inputs". */
  readonly name: string;
  /** What is kept as JSON, beside the table. */
  readonly content: object;
  /** The table that is shown; nothing where it has no rows. */
  readonly table: readonly Record<string, TableCell>[];
  readonly caption: string;
}

/**
 * Keeps what variants came to: a file of predictions for each network in each, a table, and all of it as JSON; and shows the table.
 *
 * @param folder Where the variants are kept.
 * @throws {Problem} Where it cannot be written.
 */
export function keepVariants(
  folder: string,
  sets: readonly VariantPredictions[],
  { name, content, table, caption }: KeptVariants,
): void {
  for (const { variant, predictions } of sets) {
    const model = `${predictions.model}, ${variant}`;
    publishPredictions(join(folder, "predictions", `${folderNameOf(model)}.csv`), { ...predictions, model });
  }
  writeAtomically(join(folder, `${name}.json`), `${JSON.stringify(content, null, 1)}\n`);
  if (table.length === 0) return;
  const columns = Object.keys(table[0]!);
  const cells = table.map((row) => columns.map((column) => row[column] as string | number | null));
  writeAtomically(join(folder, `${name}.csv`), tableText(columns, cells));
  showTable([...table], { caption, rows: table.length });
}
