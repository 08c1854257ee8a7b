import { deepEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { findRemains, type NotebookFile } from "../../lib/study/notebook-file";

/** The most characters in a line of code: what JupyterLab shows beside its file list without a scroll bar. */
const widest = 92;

/**
 * The notebook as it would be committed: a reader who has run it in JupyterLab has outputs in the file, and that is
 * right. Without git, the file itself.
 */
function committed(name: string): NotebookFile {
  let text: string;
  try {
    text = execFileSync("git", ["show", `:notebooks/${name}`], { cwd: projectRoot, encoding: "utf8", stdio: "pipe" });
  } catch {
    text = readFileSync(join(notebooksRoot, name), "utf8");
  }
  return JSON.parse(text) as NotebookFile;
}

const notebooks = readdirSync(notebooksRoot)
  .filter((name) => name.endsWith(".ipynb"))
  .map((name) => ({ name, notebook: committed(name) }));

const linesOf = ({ source }: { source: string | string[] }) =>
  (typeof source === "string" ? source : source.join("")).split("\n");

describe("the committed notebooks", () => {
  for (const { name, notebook } of notebooks) {
    it(`hold no outputs: ${name}`, () => {
      deepEqual(findRemains(notebook), []);
    });

    it(`fit the page: ${name}`, () => {
      const code = notebook.cells.filter((cell) => cell.cell_type === "code");
      deepEqual(
        code.flatMap(linesOf).filter((line) => line.length > widest),
        [],
      );
    });

    it(`take their chance from the seeded generator: ${name}`, () => {
      deepEqual(
        notebook.cells.flatMap(linesOf).filter((line) => line.includes("Math.random")),
        [],
      );
    });

    it(`import the library by its name: ${name}`, () => {
      const imports = notebook.cells.flatMap(linesOf).filter((line) => /\bfrom "\.|require\("\./.test(line));
      deepEqual(imports, []);
    });
  }
});
