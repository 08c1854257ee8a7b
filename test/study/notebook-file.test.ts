import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  cleanNotebook,
  cleanNotebookFile,
  findRemains,
  formatNotebook,
  readNotebook,
  type NotebookFile,
} from "../../lib/study/notebook-file";
import { temporaryFolder } from "../helpers/temporary";

/** A notebook as JupyterLab saves it after it was run. */
const used: NotebookFile = {
  cells: [
    { cell_type: "markdown", id: "a", metadata: {}, source: ["# Title\n", "text"] },
    {
      cell_type: "code",
      execution_count: 3,
      id: "b",
      metadata: { scrolled: true },
      outputs: [{ output_type: "stream", name: "stdout", text: ["1\n"] }],
      source: ["console.log(1);"],
    },
  ],
  metadata: { kernelspec: { display_name: "mine", language: "typescript", name: "mine" } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe("a notebook file", () => {
  const folder = temporaryFolder();

  it("shows what running it left", () => {
    deepEqual(findRemains(used), [
      "cell 2 has outputs",
      "cell 2 has an execution count",
      "cell 2 has metadata: scrolled",
      "the notebook's metadata is not the project's",
    ]);
  });

  it("is clean after cleaning, with its text as it was", () => {
    const clean = cleanNotebook(used);
    deepEqual(findRemains(clean), []);
    deepEqual(
      clean.cells.map(({ id, source }) => ({ id, source })),
      used.cells.map(({ id, source }) => ({ id, source })),
    );
  });

  it("is cleaned in place once, and left alone when it is clean", () => {
    const file = join(folder.path, "used.ipynb");
    writeFileSync(file, formatNotebook(used));
    equal(cleanNotebookFile(file), true);
    const text = readFileSync(file, "utf8");
    equal(cleanNotebookFile(file), false);
    equal(readFileSync(file, "utf8"), text);
    deepEqual(readNotebook(file), cleanNotebook(used));
  });

  it("is refused where it is no notebook, by name", () => {
    const file = join(folder.path, "broken.ipynb");
    writeFileSync(file, '{"cells": [');
    throws(() => readNotebook(file), /broken\.ipynb cannot be read as a notebook/);
    writeFileSync(file, '{"worksheets": [], "nbformat": 3}');
    throws(() => readNotebook(file), /broken\.ipynb is a notebook of format 3, expected 4/);
  });
});
