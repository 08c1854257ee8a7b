import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readTable } from "../../lib/files/table";
import { temporaryFolder } from "../helpers/temporary";

describe("readTable(path, options)", () => {
  const folder = temporaryFolder();
  const write = (contents: string | Uint8Array) => {
    const path = join(folder.path, "table.csv");
    writeFileSync(path, contents);
    return path;
  };
  const wanted = { columns: ["id", "label"] };
  const rows = [
    { id: "1", label: "benign" },
    { id: "2", label: "malignant" },
  ];

  it("reads commas, semicolons and tabs, found by the columns", () => {
    for (const delimiter of [",", ";", "\t"]) {
      deepEqual(readTable(write(`id,label\n1,benign\n2,malignant\n`.replaceAll(",", delimiter)), wanted), rows);
    }
    // More commas than semicolons in the header, and still one of semicolons.
    deepEqual(readTable(write('id;label;"a,b,c,d"\n1;benign;x,y\n'), wanted)[0], {
      id: "1",
      label: "benign",
      "a,b,c,d": "x,y",
    });
  });

  it("takes the delimiter that is given", () => {
    deepEqual(readTable(write("id|label\n1|benign\n2|malignant"), { ...wanted, delimiter: "|" }), rows);
    throws(() => readTable(write("id,label\n1,benign"), { ...wanted, delimiter: ";" }), /no column "id", "label"/);
  });

  it("reads the ends of lines of every system, also mixed, and a byte order mark", () => {
    for (const end of ["\n", "\r\n", "\r"]) {
      deepEqual(readTable(write(`\ufeffid,label${end}1,benign${end}2,malignant${end}${end}`), wanted), rows);
    }
    deepEqual(readTable(write("id,label\r\n1,benign\n2,malignant\r\n"), wanted), rows);
  });

  it("reads quotes as RFC 4180 has them", () => {
    const [row] = readTable(write('id,label\r\n"a ""b"", c","line 1\r\nline 2"\r\n'), wanted);
    deepEqual(row, { id: 'a "b", c', label: "line 1\nline 2" });
  });

  it("reads UTF-8, UTF-16, and otherwise Windows' Latin-1", () => {
    const text = "id,label\nGröße,é\n";
    const latin = Buffer.from(text, "latin1");
    const little = Buffer.from(`\ufeff${text}`, "utf16le");
    for (const bytes of [Buffer.from(text), latin, little, Buffer.from(little).swap16()]) {
      deepEqual(readTable(write(bytes), wanted), [{ id: "Größe", label: "é" }]);
    }
  });

  it("trims the names of columns, and not the cells", () => {
    deepEqual(readTable(write(" id ,label\t\n 1 ,x\n"), wanted), [{ id: " 1 ", label: "x" }]);
  });

  it("names the row of an error as a spreadsheet counts, also after cells of several lines", () => {
    const path = write('id,label\n"1\n1\n1",benign\n2\n');
    throws(() => readTable(path, wanted), {
      name: "Problem",
      message: `${path}, row 3 has 1 cell, expected 2 as in its header. Correct the row, or copy the original file again.`,
    });
  });

  it("refuses a quote that is not closed", () => {
    throws(
      () => readTable(write('id,label\n1,benign\n2,"malignant\n'), wanted),
      /row 3 has a quote that is not closed/,
    );
    throws(() => readTable(write('id,label\n1,"a"b\n2,c\n'), wanted), /row 2 has a quote/);
  });

  it("refuses what is empty, no text, a folder or missing", () => {
    for (const contents of ["", "\n\n", "\ufeff", " \r\n"]) {
      throws(() => readTable(write(contents), wanted), { name: "Problem", message: /table\.csv is empty/ });
    }
    throws(
      () => readTable(write(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0)), wanted),
      /is not a table as text: it holds NUL/,
    );
    throws(() => readTable(folder.path, wanted), /cannot be read: it is a folder/);
    throws(() => readTable(join(folder.path, "none.csv"), wanted), /none\.csv cannot be read: there is no such file/);
  });

  it("reads fifty thousand rows in less than a second", () => {
    const path = write(`id,label\n${"1,benign\n".repeat(50_000)}`);
    const start = performance.now();
    equal(readTable(path, wanted).length, 50_000);
    equal(performance.now() - start < 1000, true);
  });

  it("refuses an option that is none", () => {
    throws(() => readTable(write("id\n1"), { columns: ["id"], delimeter: ";" } as never), /Did you mean "delimiter"/);
  });
});
