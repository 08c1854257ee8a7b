import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as ts from "typescript";

import { writeAtomically } from "../../lib/files/write-atomically";
import { environmentPython, notebooksRoot, projectRoot } from "../../lib/runtime/environment";
import { hearSignals, Interrupted, listenForStop } from "../../lib/runs/stop";
import { startProgram } from "../helpers/child-program";
import { temporaryFolder } from "../helpers/temporary";

/** Sends this process a signal and waits until Node has heard it. */
async function signal(name: NodeJS.Signals): Promise<void> {
  process.kill(process.pid, name);
  // The system hands it over when it likes.
  for (let round = 0; round < 20; round++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await hearSignals();
  }
}

/** Compiles the file and what it imports, as the set-up does, for the kernel reads JavaScript only. */
function compileStop(folder: string): string {
  for (const name of ["runs/stop", "runs/exit-codes", "runtime/problem", "runtime/visible-text"]) {
    const source = readFileSync(join(projectRoot, "lib", `${name}.ts`), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    writeAtomically(join(folder, `${name}.js`), outputText);
  }
  return join(folder, "runs", "stop.js");
}

describe("listenForStop()", () => {
  const folder = temporaryFolder();

  for (const name of ["SIGINT", "SIGTERM", "SIGUSR1"] as const) {
    it(`hears ${name}, keeps to the first signal, and stops the work at its next check`, async () => {
      const listener = listenForStop();
      try {
        equal(listener.requested, null);
        listener.check();
        await signal(name);
        await signal(name === "SIGINT" ? "SIGTERM" : "SIGINT");
        equal(listener.requested, name);
        throws(listener.check.bind(listener), (error) => error instanceof Interrupted && error.signal === name);
      } finally {
        listener.end();
      }
    });
  }

  it("leaves signals to others once all listeners have ended", () => {
    const names = ["SIGINT", "SIGTERM", "SIGUSR1"] as const;
    const counts = () => names.map((name) => process.listenerCount(name));
    const before = counts();
    const [outer, inner] = [listenForStop(), listenForStop()];
    deepEqual(
      counts(),
      before.map((count) => count + 1),
    );
    outer.end();
    outer.end();
    deepEqual(
      counts(),
      before.map((count) => count + 1),
    );
    inner.end();
    deepEqual(counts(), before);
  });

  it("lets listeners lie within each other: all hear, also one that is made after the signal", async () => {
    const outer = listenForStop();
    const inner = listenForStop();
    await signal("SIGTERM");
    const late = listenForStop();
    deepEqual([outer.requested, inner.requested, late.requested], ["SIGTERM", "SIGTERM", "SIGTERM"]);
    for (const listener of [late, inner, outer]) listener.end();
    const next = listenForStop();
    equal(next.requested, null);
    next.end();
  });

  it("lets a busy program save and end with code 85, though signals keep coming while it saves", async () => {
    const program = startProgram(`
      const { listenForStop, hearSignals, Interrupted } = require("./lib/runs/stop.ts");
      const { exitCodes } = require("./lib/runs/exit-codes.ts");
      const listener = listenForStop();
      const work = () => { const end = performance.now() + 2; while (performance.now() < end); };
      (async () => {
        console.log("working");
        try { for (;;) { work(); await hearSignals(); listener.check(); } }
        catch (error) {
          if (!(error instanceof Interrupted)) throw error;
          console.log("saving");
          for (let step = 0; step < 100; step++) { work(); await hearSignals(); }
          console.log("saved");
          process.exitCode = exitCodes.saved;
        } finally { listener.end(); }
      })();`);
    equal(await program.nextLine(), "working");
    program.process.kill("SIGINT");
    equal(await program.nextLine(), "saving");
    for (const name of ["SIGINT", "SIGTERM", "SIGINT"] as const) program.process.kill(name);
    equal(await program.nextLine(), "saved");
    deepEqual(await program.ended, { code: 85, errors: "" });
  });

  it("stops a loop that a notebook's cell awaits, which ends with its sentence", function () {
    this.timeout(180_000);
    const setUp = `
      const { listenForStop, hearSignals } = require(${JSON.stringify(compileStop(folder.path))});
      let steps = 0; let how = "running";
      async function work() {
        const listener = listenForStop();
        try { for (;;) { steps++; await new Promise((resolve) => setTimeout(resolve, 5)); await hearSignals(); listener.check(); } }
        catch (error) { how = error.constructor.name; throw error; }
        finally { listener.end(); }
      }`;
    // What ■ does: Jupyter sends SIGINT to the kernel's process.
    const interrupted = 'setTimeout(() => process.kill(process.pid, "SIGINT"), 300); await work();';
    const look =
      "const before = steps; await new Promise((resolve) => setTimeout(resolve, 200)); console.log(how, before > 10, steps === before);";
    // What is asked right after an error is refused by the kernel.
    const requests = [{ execute: setUp }, { execute: interrupted }, { wait: 1 }, { execute: look }];
    const { stdout, stderr } = spawnSync(
      environmentPython,
      [join(projectRoot, "test", "helpers", "ask_kernel.py"), notebooksRoot],
      { input: JSON.stringify(requests), encoding: "utf8" },
    );
    ok(stdout !== "", stderr);
    const [first, second, , third] = JSON.parse(stdout) as { status: string; outputs: { text?: string }[] }[];
    const textOf = (answer: typeof first) => answer?.outputs.map(({ text }) => text).join("") ?? "";
    equal(first?.status, "ok", textOf(first));
    equal(second?.status, "error");
    // The cell ends with the work's own sentence, once that has ended, and without a stack.
    match(textOf(second), /^The work was stopped \(SIGINT\)\. Run the same again[^\n]*\n$/);
    equal(textOf(third).trim(), "Interrupted true true");
  });
});

describe("hearSignals()", () => {
  it("lets what waits have its turn", async () => {
    let heard = false;
    setImmediate(() => (heard = true));
    await hearSignals();
    equal(heard, true);
  });
});
