import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { utils, write as writeWorkbook, type BookType } from "@e965/xlsx";

import { decimalOf, readSheet } from "../../lib/files/sheet";
import { Problem } from "../../lib/runtime/problem";
import { createRandom } from "../../lib/runtime/random";
import { temporaryFolder } from "../helpers/temporary";

const fixtures = join(__dirname, "fixtures");

describe("readSheet(path, options)", () => {
  const folder = temporaryFolder();
  const write = (bytes: Uint8Array) => {
    const path = join(folder.path, "sheet.xlsx");
    writeFileSync(path, bytes);
    return path;
  };
  const make = (cells: unknown[][], bookType: BookType = "xlsx") => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells), "first");
    return write(writeWorkbook(book, { type: "buffer", bookType }) as Buffer);
  };

  it("reads what openpyxl wrote: the first sheet, numbers in plain digits", () => {
    deepEqual(readSheet(join(fixtures, "sheet.xlsx"), { columns: ["CaseID", "Pixel_size"], optional: ["Age"] }), [
      { CaseID: "1", Pixel_size: "0.00701", Classification: "benign", Age: "57", Note: "Größe" },
      { CaseID: "2", Pixel_size: "0.0000001", Classification: "malignant", Age: "", Note: "TRUE" },
      { CaseID: "3", Pixel_size: "12345678901234", Classification: "normal", Age: "n/a", Note: "" },
      // 2 January 2020 in days of Excel.
      { CaseID: "4", Pixel_size: "1.5", Classification: " benign ", Age: "43832", Note: "" },
    ]);
  });

  it("takes the value that was saved with a formula, and evaluates none", () => {
    const saved = make([
      ["a", "b"],
      [1, { t: "n", v: 41, f: "A2+1" }],
    ]);
    deepEqual(readSheet(saved, { columns: ["b"] }), [{ a: "1", b: "41" }]);
    const text = make([
      ["a", "b"],
      [1, { t: "s", v: "", f: "T(A2)" }],
    ]);
    deepEqual(readSheet(text, { columns: ["b"] }), [{ a: "1", b: "" }]);
    throws(() => readSheet(join(fixtures, "formula.xlsx"), { columns: ["a"] }), {
      name: "Problem",
      message: /formula\.xlsx, row 2, column 2 has the formula "A2\+1" without its value/,
    });
  });

  it("shows errors as Excel does", () => {
    const cells = [["a"], [{ t: "e", v: 42 }], [{ t: "e", v: 7 }]];
    deepEqual(readSheet(make(cells), { columns: ["a"] }), [{ a: "#N/A" }, { a: "#DIV/0!" }]);
  });

  it("refuses cells in rows and columns that no table has, at once, and takes formatted empty ones for nothing", () => {
    const far = (place: string, cell: object) => {
      const book = utils.book_new();
      const sheet = utils.aoa_to_sheet([["a"], ["1"]]);
      sheet[place] = cell;
      sheet["!ref"] = `A1:${place}`;
      utils.book_append_sheet(book, sheet, "first");
      return write(writeWorkbook(book, { type: "buffer", bookType: "xlsx" }) as Buffer);
    };
    const started = process.hrtime.bigint();
    throws(
      () => readSheet(far("A1048576", { t: "s", v: "far" }), { columns: ["a"] }),
      /sheet\.xlsx has cells up to row 1048576/,
    );
    throws(
      () => readSheet(far("XFD2", { t: "s", v: "far" }), { columns: ["a"] }),
      /and column 16384, expected at most/,
    );
    deepEqual(readSheet(far("A200000", { t: "z" }), { columns: ["a"] }), [{ a: "1" }]);
    equal(Number(process.hrtime.bigint() - started) / 1e9 < 20, true);
  });

  it("names the row of an error", () => {
    throws(() => readSheet(make([["a"], [1], [2, "beyond"]]), { columns: ["a"] }), /row 3 has 2 cells, expected 1/);
    throws(() => readSheet(make([["a"], [1], [], [2]]), { columns: ["a"] }), /row 3 is empty/);
    throws(() => readSheet(make([["A"], [1]]), { columns: ["a"] }), /row 1 has no column "a"\. It has A/);
    throws(() => readSheet(make([]), { columns: ["a"] }), /is empty, expected a table/);
    throws(() => readSheet(make([["a"]]), { columns: ["a"] }), /no rows below it/);
  });

  it("refuses other formats, also those that the library would take", () => {
    const cells = [["a"], [1]];
    throws(() => readSheet(make(cells, "biff8"), { columns: ["a"] }), {
      name: "Problem",
      message: /of the kind \.xlsx, but of the old kind \.xls\. Save it from a spreadsheet program as \.xlsx/,
    });
    for (const type of ["csv", "html", "ods", "xlsb", "txt"] as const) {
      throws(() => readSheet(make(cells, type), { columns: ["a"] }), { name: "Problem", message: /not a whole Excel/ });
    }
    throws(() => readSheet(write(Buffer.alloc(0)), { columns: ["a"] }), /not a whole Excel/);
    throws(() => readSheet(join(folder.path, "none.xlsx"), { columns: ["a"] }), /there is no such file/);
  });

  it("gives rows or a problem, whatever is done to the file", () => {
    const whole = readFileSync(join(fixtures, "sheet.xlsx"));
    const random = createRandom(5);
    for (let time = 0; time < 60; time++) {
      const bytes = Buffer.from(whole.subarray(0, time % 3 === 0 ? random.integer(0, whole.length) : whole.length));
      for (let flip = 0; flip < 4 && bytes.length > 0; flip++) {
        bytes[random.integer(0, bytes.length - 1)]! ^= 1 << random.integer(0, 7);
      }
      try {
        readSheet(write(bytes), { columns: ["CaseID"] });
      } catch (error) {
        equal(error instanceof Problem, true, String(error));
      }
    }
  });
});

describe("decimalOf(value)", () => {
  it("writes no exponent, and the number itself", () => {
    const values = [0, -0, 1, -1.5, 1e-7, -1.25e-10, 1e21, 1.5e300, -2.5e21, 5e-324, 0.1, 123456789.123];
    deepEqual(values.slice(0, 7).map(decimalOf), [
      "0",
      "0",
      "1",
      "-1.5",
      "0.0000001",
      "-0.000000000125",
      "1000000000000000000000",
    ]);
    for (const value of values) {
      equal(Number(decimalOf(value)), value + 0);
      equal(/^-?\d+(\.\d+)?$/.test(decimalOf(value)), true);
    }
  });
});
