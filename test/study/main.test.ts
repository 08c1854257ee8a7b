import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { pickNotebooks, readableError } from "../../lib/study/main";
import type { NotebookFile } from "../../lib/study/notebook-file";
import { nameRun } from "../../lib/study/run-name";

const study = (...parameters: string[]) =>
  spawnSync(process.execPath, ["dist/study/main.js", ...parameters], { cwd: projectRoot, encoding: "utf8" });

describe("npm run study", () => {
  it("executes every notebook, and leaves the executed copies with their outputs in a folder of their own", function () {
    this.timeout(300_000);
    const before = readFileSync(join(notebooksRoot, "00_start_here.ipynb"), "utf8");
    const { status, stdout, stderr } = study();
    equal(status, 0, stderr);
    const folder = join(projectRoot, /The executed copies are in (\S+)\./.exec(stdout)![1]!);
    try {
      deepEqual(
        readdirSync(folder).sort(),
        readdirSync(notebooksRoot).filter((name) => name.endsWith(".ipynb")),
      );
      const { cells } = JSON.parse(readFileSync(join(folder, "00_start_here.ipynb"), "utf8")) as NotebookFile;
      const outputs = cells.flatMap(
        (cell) => (cell.outputs ?? []) as { name?: string; data?: Record<string, string | string[]> }[],
      );
      equal(outputs.filter(({ name }) => name === "stderr").length, 0);
      equal(outputs.filter(({ data }) => data?.["application/vnd.plotly.v1+json"]).length, 2);
      const pages = outputs.map(({ data }) => [data?.["text/html"] ?? []].flat().join("")).join("");
      for (const part of ["<table", "data:image/png;base64,", 'role="progressbar" aria-valuenow="100.0"'])
        ok(pages.includes(part), part);
    } finally {
      rmSync(folder, { recursive: true });
    }
    equal(readFileSync(join(notebooksRoot, "00_start_here.ipynb"), "utf8"), before);
    match(stdout, /1\/12 {2}00 · Start here/);
  });

  it("refuses a notebook and an option that are none, in a sentence", () => {
    for (const [parameter, expected] of [
      ["12_missing", /There is no notebook 12_missing\.ipynb in notebooks\/\. There are: 00_start_here\.ipynb/],
      ["--profle", /npm run study has no option --profle/],
    ] as const) {
      const { status, stderr } = study(parameter);
      equal(status, 1);
      match(stderr, expected);
      ok(!/\n\s+at /.test(stderr));
    }
  });

  it("says how it is used", () => {
    const { status, stdout } = study("--help");
    equal(status, 0);
    match(stdout, /npm run study \[-- NOTEBOOK/);
  });
});

describe("pickNotebooks(names, present)", () => {
  const present = ["00_a.ipynb", "01_b.ipynb", "02_c.ipynb"];

  it("takes all where none is named, and named ones in the study's order", () => {
    deepEqual(pickNotebooks([], present), present);
    deepEqual(pickNotebooks(["02_c", "00_a.ipynb"], present), ["00_a.ipynb", "02_c.ipynb"]);
  });

  it("refuses one that is not there", () => {
    throws(() => pickNotebooks(["03_d"], present), /There is no notebook 03_d\.ipynb/);
  });
});

describe("readableError(text)", () => {
  it("keeps the reason and the reader's own lines of a stack, and leaves out the kernel's", () => {
    const text = [
      "Error: no images",
      "    at load (/home/me/sononas/dist/data/load.js:3:9)",
      "    at evalmachine.<anonymous>:5:7",
      "    at Script.runInThisContext (node:vm:135:14)",
      "    at /home/me/sononas/node_modules/tslab/dist/jupyter.js:208:57",
    ];
    equal(readableError(text.join("\n")), text.slice(0, 3).join("\n"));
  });
});

describe("nameRun(kind, moment)", () => {
  it("names a folder that sorts by time and that any file system takes", () => {
    equal(nameRun("study", new Date("2026-11-23T16:15:03.999Z")), "2026-11-23T16-15-03-study");
    ok(!existsSync(nameRun("study", new Date(0))));
  });
});
