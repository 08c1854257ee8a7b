import { deepEqual, equal, match, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { utils, write } from "@e965/xlsx";

import { readGrid } from "../../lib/files/table-grid";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();
const read = (contents: string | Uint8Array, name = "t.csv") => {
  const path = join(folder.path, name);
  writeFileSync(path, contents);
  return readGrid(path);
};
const expected = [
  ["a.png", "1,5"],
  ["Läsion.png", "2"],
];

describe("readGrid(path)", () => {
  it("reads any usual separator", () => {
    for (const [mark, name] of [
      [";", "semicolons"],
      ["\t", "tabs"],
      ["|", "bars"],
    ] as const) {
      const { header, rows, form } = read(`file${mark}age\na.png${mark}1,5\nLäsion.png${mark}2\n`);
      deepEqual([header, rows.map(({ cells }) => cells)], [["file", "age"], expected]);
      match(form, new RegExp(name));
    }
    deepEqual(
      read('file,age\na.png,"1,5"\nLäsion.png,2\n').rows.map(({ cells }) => cells),
      expected,
    );
    deepEqual(read("sep=;\r\nfile;age\r\na.png;1\r\n").rows[0], { number: 3, cells: ["a.png", "1"] });
    deepEqual(read("file\na\nb\n").rows.length, 2);
  });

  it("reads UTF-8 and UTF-16 with and without a mark, and Windows' Latin-1", () => {
    const text = "file;age\na.png;1,5\nLäsion.png;2\n";
    const utf16 = Buffer.from(text, "utf16le");
    const forms = [
      Buffer.from(`\ufeff${text}`),
      Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
      utf16,
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
      Buffer.from(utf16).swap16(),
      Buffer.from(text, "latin1"),
    ];
    for (const [index, bytes] of forms.entries()) {
      const { header, rows } = read(bytes);
      deepEqual([header, rows.map(({ cells }) => cells)], [["file", "age"], expected], String(index));
    }
  });

  it("keeps a row's number as a spreadsheet shows it, over empty rows, and fills short ones", () => {
    deepEqual(read("\nfile,age,side\n\na,1\n,,\nb,2,L\n").rows, [
      { number: 4, cells: ["a", "1", ""] },
      { number: 6, cells: ["b", "2", "L"] },
    ]);
  });

  it("reads the first sheet with a table of a workbook, and says which", () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([["About this file"]]), "Info");
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ["file", "age"],
        ["a.png", 45],
      ]),
      "List",
    );
    const { rows, form } = read(write(book, { type: "buffer", bookType: "xlsx" }) as Buffer, "t.xlsx");
    deepEqual(rows, [{ number: 2, cells: ["a.png", "45"] }]);
    equal(form, 'sheet "List", of 2 in the workbook');
  });

  it("refuses what is empty, no table, or has more cells than its header", () => {
    throws(() => read(""), /t\.csv is empty/);
    throws(() => read("a,b\n"), /a header and no rows/);
    throws(() => read("a,b\n1,2,3\n"), /t\.csv, row 2 has 3 cells, its header 2/);
    throws(() => read('a,b\n"1,2\n'), /quote that is not closed/);
    throws(() => read("no workbook", "t.xlsx"), /is not a whole Excel workbook/);
    throws(() => readGrid(join(folder.path, "none.csv")), /none\.csv/);
  });
});
