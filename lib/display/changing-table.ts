import { visibleText } from "../runtime/visible-text";
import { openSlot } from "./notebook";
import { renderTable, type TableCell } from "./table";

/** A table that changes in place. */
export interface ChangingTable {
  /**
   * Shows the table as it is now.
   *
   * @param line What stands above it, and is all that a log gets of it.
   * @param note What else stands above it; default: nothing.
   */
  update(rows: readonly Record<string, TableCell>[], line: string, note?: string): void;
}

/** Where a table is written that is in no notebook. */
export interface TextScreen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Opens a table that changes in place: below the cell of a notebook, or in a terminal over itself. A log, which nothing can be
 * taken from again, gets a line where that has changed.
 *
 * @param screen Where it is written outside of a notebook; default: the standard output.
 */
export function openTable(screen: TextScreen = process.stdout): ChangingTable {
  const slot = openSlot();
  let height = 0;
  let last = "";
  return {
    update(rows, line, note = "") {
      const caption = `${line}${note}`;
      if (slot !== null) {
        slot.update(renderTable(rows, { caption }));
        return;
      }
      if (screen.isTTY !== true) {
        if (line !== last) screen.write(`${visibleText(line)}\n`);
        last = line;
        return;
      }
      // Each cut to the width, so that the lines to go back are as many as were written.
      const width = (screen.columns ?? 80) - 1;
      const lines = renderTable(rows, { caption })["text/plain"].split("\n");
      const text = lines.map((one) => `${visibleText(one).slice(0, width)}\n`).join("");
      screen.write(`${height === 0 ? "" : `\x1b[${height}A`}\x1b[J${text}`);
      height = lines.length;
    },
  };
}
