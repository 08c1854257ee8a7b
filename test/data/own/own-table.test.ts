import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { chooseTable, readOwnTable } from "../../../lib/data/own/own-table";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const file = (name: string, contents = "") => {
  writeFileSync(join(folder.path, name), contents);
  return { path: join(folder.path, name), parts: [name], refused: null };
};

describe("chooseTable(tables, said)", () => {
  it("takes the one that was named, else images or metadata, else the only one", () => {
    const [a, images, metadata] = [file("a.csv"), file("Images.xlsx"), file("metadata.csv")];
    equal(chooseTable([a, images, metadata], undefined), images);
    equal(chooseTable([a, metadata], undefined), metadata);
    equal(chooseTable([a], undefined), a);
    equal(chooseTable([a, images], "a.csv"), a);
    equal(chooseTable([a], "none"), null);
    equal(chooseTable([], undefined), null);
  });

  it("asks where there are several, and refuses one that is not there", () => {
    throws(
      () => chooseTable([file("a.csv"), file("b.csv")], undefined),
      /There are 2 tables in the folder: a\.csv, b\.csv.*--table/,
    );
    throws(() => chooseTable([file("a.csv")], "c.csv"), /There is no table "c\.csv" in the folder, but a\.csv/);
  });
});

describe("readOwnTable(file, said)", () => {
  it("gives cells by field, and the columns that say nothing", () => {
    const { columns, rows, unused } = readOwnTable(file("a.csv", "File;ID;Note\n1.png;7;x\n"), { patient: "ID" });
    deepEqual([columns, unused], [{ image: "File", patient: "ID" }, ["Note"]]);
    deepEqual([rows[0]!.place, rows[0]!.cell("patient"), rows[0]!.cell("age")], ["a.csv, row 2", "7", ""]);
  });

  it("names the table once, as the person knows it", () => {
    throws(() => readOwnTable(file("a.csv", "image\n"), {}), /^Problem: a\.csv has a header and no rows/);
    throws(() => readOwnTable(file("b.csv", "x,y\n1,2\n"), {}), /b\.csv has no column that names images.*It has x, y/);
    throws(
      () => readOwnTable(file("c.csv", "image,image\n1,2\n"), {}),
      /c\.csv has 2 columns|the column "image" twice/,
    );
  });
});
