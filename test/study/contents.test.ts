import { deepEqual, equal } from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot } from "../../lib/runtime/environment";
import { afterwards, chapters, listChapters, projectNotebooks } from "../../lib/study/contents";
import { temporaryFolder } from "../helpers/temporary";

describe("listChapters(folder)", () => {
  const folder = temporaryFolder();

  it("says which notebooks there are and which are not there yet", () => {
    writeFileSync(join(folder.path, "02_search_space.ipynb"), "");
    const ready = listChapters(folder.path).filter(({ state }) => state === "ready");
    deepEqual(
      ready.map(({ notebook }) => notebook),
      ["02_search_space.ipynb"],
    );
  });

  it("lists every notebook of the project", () => {
    const names = [...chapters, ...afterwards].map(({ name }) => `${name}.ipynb`);
    const others = readdirSync(notebooksRoot).filter((name) => /^\d\d_.*\.ipynb$/.test(name) && !names.includes(name));
    deepEqual(others, []);
    equal(new Set(names).size, names.length);
    deepEqual(
      listChapters().map(({ notebook }) => notebook),
      names,
    );
    deepEqual(projectNotebooks, names);
  });
});
