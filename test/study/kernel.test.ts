import { deepEqual, equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import * as ts from "typescript";

import { environmentPython, notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { temporaryFolder } from "../helpers/temporary";

interface Answer {
  status?: string;
  outputs?: { type: string; name?: string; text?: string; data?: Record<string, unknown> }[];
  matches?: string[];
  text?: string;
}

describe("the kernel", function () {
  this.timeout(180_000);
  const folder = temporaryFolder();

  /** Asks a kernel that is started with an empty folder as its whole PATH, as from a desktop without a shell. */
  function ask(requests: object[]): Answer[] {
    const { stdout, stderr } = spawnSync(
      environmentPython,
      [join(projectRoot, "test", "helpers", "ask_kernel.py"), notebooksRoot],
      {
        input: JSON.stringify(requests),
        encoding: "utf8",
        env: { PATH: folder.path, HOME: folder.path },
      },
    );
    ok(stdout !== "", stderr);
    return JSON.parse(stdout) as Answer[];
  }

  it("imports the library by the package's name, with types and completions, whatever is on PATH", () => {
    const imports = 'import { display, runtime, tf } from "sononas";';
    const [imported, wrong, members, options, hover] = ask([
      { execute: imports },
      { execute: "const seed: string = runtime.createRandom(1).seed();" },
      { complete: "runtime.createR" },
      { complete: "display.startProgress({ tit" },
      { inspect: ["runtime.createRandom(1)", 12] },
    ]) as [Answer, Answer, Answer, Answer, Answer];
    equal(imported.status, "ok", JSON.stringify(imported.outputs));
    equal(wrong.status, "error");
    match(wrong.outputs?.[0]?.text ?? "", /Type 'number' is not assignable to type 'string'/);
    ok(members.matches?.includes("createRandom"), JSON.stringify(members));
    ok(options.matches?.includes("title"), JSON.stringify(options));
    match(hover.text ?? "", /createRandom\(seed: number\): .*RandomGenerator/);
  });

  it("delivers every line and every table of a cell, however many come at once", () => {
    const count = 1500;
    const [, answer] = ask([
      { execute: 'import { display } from "sononas";' },
      {
        execute: `for (let line = 1; line <= ${count}; line++) {
          console.log(line);
          if (line % 100 === 0) display.showTable([{ line: line }]);
        }`,
      },
    ]) as [Answer, Answer];
    const outputs = answer.outputs ?? [];
    const lines = outputs.flatMap(({ text }) => text?.trim().split("\n") ?? []);
    deepEqual(
      lines,
      Array.from({ length: count }, (_, index) => String(index + 1)),
    );
    equal(outputs.filter(({ type }) => type === "display_data").length, count / 100);
    equal(answer.status, "ok");
  });

  it("is not needed by an editor: it finds the library's types from the notebooks' folder by itself", () => {
    for (const moduleResolution of [ts.ModuleResolutionKind.Node10, ts.ModuleResolutionKind.Bundler]) {
      const { resolvedModule } = ts.resolveModuleName(
        "sononas",
        join(notebooksRoot, "cell.ts"),
        { moduleResolution },
        ts.sys,
      );
      equal(resolvedModule?.resolvedFileName, join(projectRoot, "dist", "index.d.ts"));
    }
  });

  it("shows what the library shows: a table, a figure, and one bar that moves in place", () => {
    const [, table, figure, progress, problem] = ask([
      { execute: 'import { display, runtime } from "sononas";' },
      { execute: "display.showTable([{ a: 1 }]);" },
      { execute: 'display.showFigure(display.makeFigure([], { title: { text: "T" } }));' },
      { execute: 'const bar = display.startProgress({ title: "t", total: 2 }); await bar.advance(2); bar.finish();' },
      { execute: "runtime.createRandom(-1);" },
    ]) as [Answer, Answer, Answer, Answer, Answer];
    match(String(table.outputs?.[0]?.data?.["text/html"]), /<table/);
    ok(figure.outputs?.[0]?.data?.["application/vnd.plotly.v1+json"]);
    const types = progress.outputs?.map(({ type }) => type) ?? [];
    equal(types[0], "display_data");
    ok(types.slice(1).every((type) => type === "update_display_data"));
    match(String(progress.outputs?.at(-1)?.data?.["text/html"]), /aria-valuenow="100.0"/);
    // An error that a person can mend is its sentence, without a stack.
    equal(problem.status, "error");
    equal(
      problem.outputs?.map(({ text }) => text).join(""),
      "The seed is -1, expected a whole number from 0 to 9007199254740991. Choose one, 1 for example.\n",
    );
  });
});
