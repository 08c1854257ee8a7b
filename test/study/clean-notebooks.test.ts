import { deepEqual, equal, throws } from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot } from "../../lib/runtime/environment";
import { cleanNotebooks } from "../../lib/study/clean-notebooks";
import { cleanNotebook, formatNotebook, readNotebook } from "../../lib/study/notebook-file";
import { temporaryFolder } from "../helpers/temporary";

describe("cleanNotebooks(folder, check)", () => {
  const folder = temporaryFolder();
  const clean = cleanNotebook(readNotebook(join(notebooksRoot, "00_start_here.ipynb")));
  const file = () => join(folder.path, "01_explore_the_data.ipynb");
  beforeEach(() => {
    writeFileSync(join(folder.path, "00_start_here.ipynb"), formatNotebook(clean));
    const cells = clean.cells.map((cell, index) =>
      index === 1 ? { ...cell, outputs: [{ output_type: "stream" }] } : cell,
    );
    writeFileSync(file(), formatNotebook({ ...clean, cells }));
    writeFileSync(join(folder.path, "notes.txt"), "");
  });

  it("cleans those that need it, and says which", () => {
    equal(cleanNotebooks(folder.path, false), "Cleaned 01_explore_the_data.ipynb.");
    deepEqual(readNotebook(file()), clean);
    equal(cleanNotebooks(folder.path, false), "All 2 notebooks are clean.");
  });

  it("leaves notebooks of one's own alone", () => {
    const own = join(folder.path, "my notes.ipynb");
    copyFileSync(file(), own);
    const before = readFileSync(own, "utf8");
    equal(cleanNotebooks(folder.path, false), "Cleaned 01_explore_the_data.ipynb.");
    equal(readFileSync(own, "utf8"), before);
    equal(cleanNotebooks(folder.path, true), "All 2 notebooks are clean.");
  });

  it("fails where it only checks, names what is left, and changes nothing", () => {
    copyFileSync(file(), `${file()}.copy`);
    throws(
      () => cleanNotebooks(folder.path, true),
      /01_explore_the_data\.ipynb was run and saved: cell 2 has outputs.*npm run notebooks:clean/,
    );
    equal(readFileSync(file(), "utf8"), readFileSync(`${file()}.copy`, "utf8"));
    cleanNotebooks(folder.path, false);
    equal(cleanNotebooks(folder.path, true), "All 2 notebooks are clean.");
  });
});
