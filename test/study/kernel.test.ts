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

const textOf = ({ outputs }: Answer) => outputs?.map(({ text = "" }) => text).join("") ?? "";

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

  it("loses nothing where its reader is slow", () => {
    const count = 4000;
    const [answer] = ask([
      // More than what lies on the way between two sockets: a thousand messages at either end, and the bytes of a connection.
      {
        execute: `for (let line = 1; line <= ${count}; line++) console.log(String(line).padStart(4, "0").padEnd(20_000));`,
        ...{ idle: 3, keep: 4 },
      },
    ]) as [Answer];
    deepEqual(
      answer.outputs?.map(({ text }) => text),
      Array.from({ length: count }, (_, index) => String(index + 1).padStart(4, "0")),
    );
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

  it("tells of a forgotten await", () => {
    // What is asked right after an error is refused by the kernel.
    const [, wrong, , open] = ask([
      { execute: "const later = Promise.resolve({ count: 3 });" },
      { execute: "later.count;" },
      { wait: 1 },
      { execute: "new Promise(() => 0)" },
    ]) as [Answer, Answer, Answer, Answer];
    match(textOf(wrong), /Property 'count' does not exist on type 'Promise<.*\n.*await was forgotten/);
    match(textOf(open), /^Promise \{ <pending> \}\n.*await was forgotten/);
  });

  it("shows an error with the reader's lines of its stack, and none of the kernel's", () => {
    const [failed] = ask([{ execute: "const fail = () => { throw new Error('no images'); };\nfail();" }]) as [Answer];
    match(textOf(failed), /Error: no images\n\s+at fail \(evalmachine/);
    equal(/tslab|node:|setup\/notebook/.test(textOf(failed)), false, textOf(failed));
  });

  it("says in a sentence that a cell was interrupted, and ends its bar with what to do", () => {
    const wait = 'setTimeout(() => process.kill(process.pid, "SIGINT"), 300); await new Promise(() => 0);';
    const [, waiting, , computing] = ask([
      { execute: 'import { display } from "sononas";' },
      { execute: `const bar = display.startProgress({ title: "t", total: 3 }); ${wait}` },
      { wait: 1 },
      { execute: 'process.kill(process.pid, "SIGINT"); for (;;);' },
    ]) as [Answer, Answer, Answer, Answer];
    equal(textOf(waiting), "The cell was interrupted. Run it again to go on.\n");
    match(
      String(waiting.outputs?.filter(({ data }) => data).at(-1)?.data?.["text/plain"]),
      /stopped after \d+s: run the cell again/,
    );
    equal(textOf(computing), "The cell was interrupted. Run it again to go on.\n");
  });

  it("shows what a cell left behind below that cell, and not below the next", () => {
    const [, , next, last] = ask([
      { execute: 'import { display } from "sononas";' },
      { execute: 'setTimeout(() => { console.log("late"); display.showTable([{ late: 1 }]); }, 500);' },
      { execute: 'await new Promise((resolve) => setTimeout(resolve, 1500)); console.log("own");' },
      { execute: 'console.log("own");' },
    ]) as [Answer, Answer, Answer, Answer];
    deepEqual([textOf(next), textOf(last)], ["own\n", "own\n"]);
    equal(next.outputs?.length, 1);
  });
});
