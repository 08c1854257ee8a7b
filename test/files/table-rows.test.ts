import { deepEqual, equal, throws } from "node:assert/strict";

import { rowsOf } from "../../lib/files/table-rows";

describe("rowsOf(file, grid, wanted)", () => {
  const wanted = { columns: ["id", "label"], optional: ["age"] };

  it("gives each row by column, with the columns nobody asked for and without those that have no name", () => {
    const rows = rowsOf(
      "a.csv",
      [
        ["", " id ", "label", "device"],
        ["0", "a", "benign", " GE "],
      ],
      wanted,
    );
    deepEqual(rows, [{ id: "a", label: "benign", device: " GE " }]);
    equal("age" in rows[0]!, false);
  });

  it("leaves out empty rows at the end only", () => {
    const grid = [["id", "label"], ["a", ""], ["", " "], [""], []];
    deepEqual(rowsOf("a.csv", grid, wanted), [{ id: "a", label: "" }]);
    throws(() => rowsOf("a.csv", [["id", "label"], [""], ["a", "b"]], wanted), {
      name: "Problem",
      message: /^a\.csv, row 2 is empty, expected 2 as in its header\./,
    });
  });

  it("names the columns that are missing, and those that are there", () => {
    throws(
      () =>
        rowsOf(
          "a.csv",
          [
            ["ID", "age"],
            ["a", "5"],
          ],
          wanted,
        ),
      {
        name: "Problem",
        message: /^a\.csv, row 1 has no column "id", "label"\. It has ID, age\. .*upper and lower case count/,
      },
    );
  });

  it("refuses a wanted column that is there twice", () => {
    throws(
      () =>
        rowsOf(
          "a.csv",
          [
            ["id", "label", "age", " age"],
            ["a", "b", "1", "2"],
          ],
          wanted,
        ),
      /column "age" twice/,
    );
  });

  it("names a row with too few or too many cells, and how many were expected", () => {
    const header = ["id", "label"];
    throws(() => rowsOf("a.csv", [header, ["a", "b"], ["c"]], wanted), /a\.csv, row 3 has 1 cell, expected 2 as/);
    throws(() => rowsOf("a.csv", [header, ["a", "b", ""]], wanted), /a\.csv, row 2 has 3 cells, expected 2/);
  });

  it("refuses a table without a row", () => {
    throws(() => rowsOf("a.csv", [], wanted), /a\.csv is empty, expected a table/);
    throws(() => rowsOf("a.csv", [["", ""]], wanted), /a\.csv is empty/);
    throws(() => rowsOf("a.csv", [["id", "label"]], wanted), /has a header and no rows below it/);
  });

  it("takes a column of any name as one of its own", () => {
    const [row] = rowsOf(
      "a.csv",
      [
        ["__proto__", "constructor"],
        ["x", "y"],
      ],
      { columns: ["__proto__"] },
    );
    deepEqual(Object.entries(row!), [
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
    equal(Object.getPrototypeOf(row), Object.prototype);
  });
});
