import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { environmentPython, jupyterEnvironment, projectRoot } from "../../lib/runtime/environment";
import { cleanNotebook, formatNotebook, type NotebookFile } from "../../lib/study/notebook-file";
import { runNotebook, type NotebookEvent } from "../../lib/study/run-notebook";
import type { StudyChoice } from "../../lib/study/changes";
import { countKernels } from "../helpers/processes";
import { temporaryFolder } from "../helpers/temporary";

/** A notebook with these code cells, each below a heading. */
function notebookOf(...sources: string[]): string {
  const cells = sources.flatMap((source, index): NotebookFile["cells"] => [
    { cell_type: "markdown", id: `text-${index}`, metadata: {}, source: `## Part ${index + 1}` },
    { cell_type: "code", id: `code-${index}`, metadata: {}, outputs: [], source },
  ]);
  return formatNotebook(cleanNotebook({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
}

describe("runNotebook(source, target, onEvent)", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();

  const run = (...sources: string[]) => runAs(null, ...sources);

  async function runAs(study: StudyChoice | null, ...sources: string[]) {
    const [source, target] = [join(folder.path, "source.ipynb"), join(folder.path, "target.ipynb")];
    writeFileSync(source, notebookOf(...sources));
    const events: NotebookEvent[] = [];
    const outcome = await runNotebook(source, target, (event) => events.push(event), study);
    return { outcome, events, copy: JSON.parse(readFileSync(target, "utf8")) as NotebookFile };
  }

  it("tells how it goes, and keeps outputs and counts in the copy", async () => {
    const { outcome, events, copy } = await run("const a = 20;", "console.log(a + 1);");
    equal(outcome, "done");
    deepEqual(
      events.map(({ event }) => event),
      ["start", "cell", "done", "cell", "say", "done", "end"],
    );
    deepEqual(events[3], { event: "cell", number: 2, heading: "Part 2" });
    const last = copy.cells.at(-1)!;
    equal(last.execution_count, 2);
    match(JSON.stringify(last.outputs), /21/);
  });

  it("tells its cells which study they belong to, where one is named", async () => {
    const cell = "const { profile, dataset, changes } = JSON.parse(process.env.SONONAS_STUDY!);";
    const print = "console.log(`${profile} of ${dataset}, seeds ${changes.seeds}`);";
    const { copy } = await runAs({ profile: "quick", dataset: "busi", changes: { seeds: [3, 4] } }, cell, print);
    match(JSON.stringify(copy.cells.at(-1)!.outputs), /quick of busi, seeds 3,4/);
  });

  for (const [failure, cell, expected] of [
    ["throws", 'throw new Error("the reason");', /the reason/],
    ["does not compile", 'const a: number = "text";', /Type 'string' is not assignable/],
    ["rejects a promise that it awaits", 'await Promise.reject(new Error("the reason"));', /the reason/],
    ["stops its kernel", "process.kill(process.pid, 'SIGKILL'); await new Promise(() => {});", /The kernel stopped/],
  ] as const) {
    it(`stops at a cell that ${failure}, and says why`, async () => {
      const { outcome, events, copy } = await run("const before = 1;", cell, 'console.log("never");');
      equal(outcome, "failed");
      const failed = events.at(-1)!;
      ok(failed.event === "failed");
      equal(failed.number, 2);
      equal(failed.source, cell);
      match(failed.text, expected);
      ok(!JSON.stringify(copy.cells.at(-1)!.outputs).includes("never"));
    });
  }

  /** Starts a notebook whose second cell takes long, and interrupts it some time after a word that it prints. */
  async function interrupt(after: string, milliseconds: number): Promise<{ code: unknown; copy: string }> {
    const [source, target] = [join(folder.path, "source.ipynb"), join(folder.path, "target.ipynb")];
    writeFileSync(
      source,
      notebookOf('console.log("first");', "await new Promise((resolve) => setTimeout(resolve, 60_000));"),
    );
    const script = join(projectRoot, "lib", "study", "execute_notebook.py");
    const child = spawn(environmentPython, [script, source, target], {
      env: jupyterEnvironment(),
      stdio: ["ignore", "pipe", "ignore"],
    });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      const before = printed.includes(after);
      printed += chunk.toString();
      if (!before && printed.includes(after)) setTimeout(() => child.kill("SIGINT"), milliseconds);
    });
    const code = await new Promise((resolve) => child.on("close", resolve));
    return { code, copy: readFileSync(target, "utf8") };
  }

  it("writes what it has when it is interrupted", async () => {
    const { code, copy } = await interrupt('"number": 2', 200);
    equal(code, 130);
    match(copy, /first/);
  });

  for (const milliseconds of [0, 200, 500, 900, 1_400]) {
    it(`leaves no kernel behind when it is interrupted ${milliseconds} ms after its start`, async () => {
      const before = countKernels();
      const { code } = await interrupt('"start"', milliseconds);
      equal(code, 130);
      equal(countKernels(), before);
    });
  }

  it("says in a sentence that a notebook cannot be executed", async () => {
    await rejects(
      runNotebook(join(folder.path, "missing.ipynb"), join(folder.path, "target.ipynb"), () => undefined),
      /missing\.ipynb could not be executed: FileNotFoundError.*npm run doctor/,
    );
  });
});
