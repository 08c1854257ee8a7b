import { equal } from "node:assert/strict";

import { parse } from "papaparse";

import { restoreCell, tableText } from "../../lib/files/table-text";

const cellOf = (text: string) => parse<string[]>(tableText(["id"], [[text]]), { newline: "\n" }).data[1]![0]!;

describe("tableText(fields, rows)", () => {
  it("writes no cell that a spreadsheet program runs", () => {
    for (const text of ['=HYPERLINK("http://x","y")', "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", "\r=1", "'=1"]) {
      equal(/^[=+\-@\t\r]/.test(cellOf(text)), false, text);
      equal(restoreCell(cellOf(text)), text);
    }
  });

  it("leaves numbers and other texts as they are", () => {
    equal(
      tableText(
        ["a", "b", "c", "d"],
        [
          ["-1.5", -2, null, "x=1"],
          ["'", "it's", undefined, true],
        ],
      ),
      "a,b,c,d\n-1.5,-2,,x=1\n',it's,,true\n",
    );
    for (const text of ["", "plain", "'quoted'", "-1e-7", "+5"]) equal(restoreCell(cellOf(text)), text);
  });
});
