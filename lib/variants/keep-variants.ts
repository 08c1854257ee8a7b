import { join } from "node:path";

import { showTable, type TableCell } from "../display/table";
import { showText } from "../display/text";
import { publishAll } from "../evaluate/prediction-file";
import { tableText } from "../files/table-text";
import { writeAtomically } from "../files/write-atomically";
import { exitCodes } from "../runs/exit-codes";
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
  /** What is to be known, as sentences. */
  readonly notices: readonly string[];
  /** The variants that are not done. */
  readonly missing: readonly string[];
}

/**
 * Keeps what variants came to: a file of predictions for each network in each, a table, and all of it as JSON; and shows the table, what is
 * to be known of it, and what is not done.
 *
 * @param folder Where the variants are kept.
 * @returns The exit code of the command: done, or 1 where variants are not.
 * @throws {Problem} Where it cannot be written.
 */
export function keepVariants(
  folder: string,
  sets: readonly VariantPredictions[],
  { name, content, table, caption, notices, missing }: KeptVariants,
): number {
  publishAll(
    join(folder, "predictions"),
    sets.map(({ variant, predictions }) => ({ ...predictions, model: `${predictions.model}, ${variant}` })),
  );
  writeAtomically(join(folder, `${name}.json`), `${JSON.stringify(content, null, 1)}\n`);
  if (table.length > 0) {
    const columns = Object.keys(table[0]!);
    const cells = table.map((row) => columns.map((column) => row[column] as string | number | null));
    writeAtomically(join(folder, `${name}.csv`), tableText(columns, cells));
    showTable([...table], { caption, rows: table.length });
  }
  showText(notices);
  if (missing.length === 0) return exitCodes.done;
  showText(`Not done: ${missing.join("; ")}.`);
  return 1;
}
