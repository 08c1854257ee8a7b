import { deepEqual, equal, match } from "node:assert/strict";

import { openTable } from "../../lib/display/changing-table";

/** A screen that keeps what is written. */
function screenOf(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}

describe("openTable(screen)", () => {
  const rows = [{ step: "search", done: 1 }];

  it("writes over itself in a terminal, each line cut to its width", () => {
    const screen = screenOf(true, 14);
    const table = openTable(screen);
    table.update(rows, "1 of 2 done", " | a note that is longer");
    table.update(rows, "2 of 2 done");
    equal(screen.written[0], "\x1b[J1 of 2 done |\nstep    done\nsearch     1\n");
    match(screen.written[1]!, /^\x1b\[3A\x1b\[J2 of 2 done\n/);
  });

  it("writes a line into a log, where it has changed, and nothing that a terminal obeys", () => {
    const screen = screenOf(false);
    const table = openTable(screen);
    for (const line of ["0 of 2 done", "0 of 2 done", "1 of 2 done\x1b[2J"]) table.update(rows, line, " | a note");
    equal(screen.written.length, 2);
    equal(screen.written[0], "0 of 2 done\n");
    deepEqual(screen.written[1]!.includes("\x1b"), false);
  });
});
