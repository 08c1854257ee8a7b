import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { memoryNeed } from "../../lib/bench/cases";
import { commandOf, requireMemory } from "../../lib/bench/main";
import type { BenchmarkReport } from "../../lib/bench/report";
import { environmentPython, projectRoot } from "../../lib/runtime/environment";
import { fakeProgram, type FakeContender } from "../helpers/fake-contender";
import { temporaryFolder } from "../helpers/temporary";

describe("requireMemory(name, size, contenders, free)", () => {
  it("refuses what does not fit, and says what does", () => {
    const need = memoryNeed("child-step", 64, ["ours", "stock"]) * 2 ** 30;
    requireMemory("child-step", 64, ["ours", "stock"], need);
    throws(() => {
      requireMemory("child-step", 64, ["ours", "stock"], need - 1);
    }, /child-step with images of 64 × 64 pixels needs [\d.]+ GB of memory for ours, stock together, .*--sizes 32/);
  });
});

describe("commandOf(contender, torch, threads)", () => {
  it("starts this library's contenders in Node, each with its threads", () => {
    const { program, parameters, environment } = commandOf("stock", null, 3);
    equal(program, process.execPath);
    deepEqual(
      parameters.map((file) => basename(file)),
      ["stock.js"],
    );
    equal(environment.SONONAS_THREADS, "3");
  });

  it("starts PyTorch's in the given Python, with files that are there", () => {
    const { program, parameters } = commandOf("torch", "some-python", 2);
    equal(program, "some-python");
    deepEqual(
      parameters.filter((file) => !existsSync(file)),
      [],
    );
    const check = ["-c", "import ast, sys; ast.parse(open(sys.argv[1], encoding='utf-8').read())", parameters[0]!];
    equal(spawnSync(environmentPython, check).status, 0, "the program in Python can be read");
  });
});

describe("npm run bench", () => {
  const folder = temporaryFolder();
  const results = join(projectRoot, "results");
  const runs = () => (existsSync(results) ? readdirSync(results).filter((name) => name.endsWith("-bench")) : []);
  let before: string[] = [];
  beforeEach(() => {
    before = runs();
  });
  afterEach(() => {
    for (const name of runs().filter((run) => !before.includes(run))) rmSync(join(results, name), { recursive: true });
  });

  // A made-up contender stands in for PyTorch's.
  const argumentsFor = (behaviour: Partial<FakeContender>, ...more: string[]) => {
    const fake = join(folder.path, "fake");
    writeFileSync(fake, `#!${process.execPath}\n${fakeProgram("torch", behaviour)}`, { mode: 0o755 });
    const bench = ["--require", "tsx/cjs", join("lib", "bench", "main.ts")];
    return [...bench, "--torch", fake, "--contenders", "torch", "--cases", "reward", "--sizes", "32", ...more];
  };
  const bench = (...parameters: Parameters<typeof argumentsFor>) =>
    spawnSync(process.execPath, argumentsFor(...parameters), { cwd: projectRoot, encoding: "utf8" });

  it("prints a table, one JSON object on the last line, and leaves the figures and a drawing", () => {
    const { status, stdout, stderr } = bench({ milliseconds: "number" }, "--rounds", "5", "--threads", "2", "--json");
    equal(status, 0, stderr);
    match(stdout, /PyTorch, ms .*\nreward +32×32 +22 \(21–23\)/);
    const report = JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as BenchmarkReport;
    const { results: _, otherLoad, ...figures } = report.cases[0]!;
    ok(otherLoad >= 0 && otherLoad <= 1);
    // 20 steps warm up, so that steps 20 to 24 are measured.
    deepEqual(figures, {
      ...{ case: "reward", size: 32, oursMs: null, stockMs: null, torchMs: 22, oursToStock: null, oursToTorch: null },
      ...{ peakRssMb: null, stockPeakRssMb: null, torchPeakRssMb: 1024, rounds: 5 },
    });
    equal(report.threads, 2);
    const left = join(projectRoot, /Figures and drawing: (\S+)/.exec(stdout)![1]!);
    deepEqual(readdirSync(left).sort(), ["bench.json", "bench.svg"]);
    deepEqual(JSON.parse(readFileSync(join(left, "bench.json"), "utf8")), report);
  });

  it("ends with 1 and a sentence where a contender dies", () => {
    const { status, stdout, stderr } = bench({ beforeStep: "if (number === 21) process.exit(5)" }, "--json");
    equal(status, 1);
    match(stderr, /The contender torch ended with 5 before it had answered\./);
    match((JSON.parse(stdout.trimEnd().split("\n").at(-1)!) as { error: string }).error, /torch ended with 5/);
    deepEqual(runs(), before);
  });

  it("ends with 130 where it is interrupted, and leaves no contender behind", async () => {
    const file = join(folder.path, "pid");
    const stuck = `require("fs").writeFileSync(${JSON.stringify(file)}, String(process.pid)); return`;
    const child = spawn(process.execPath, argumentsFor({ beforeStep: stuck }), { cwd: projectRoot });
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const ended = new Promise((resolve) => child.on("close", resolve));
    while (!existsSync(file) || readFileSync(file, "utf8") === "") await setTimeout(50);
    child.kill("SIGINT");
    equal(await ended, 130);
    match(errors, /Interrupted\./);
    throws(() => process.kill(Number(readFileSync(file, "utf8")), 0));
  });

  it("prints help, and refuses what it does not know", () => {
    const run = (...parameters: string[]) =>
      spawnSync(process.execPath, ["--require", "tsx/cjs", join("lib", "bench", "main.ts"), ...parameters], {
        cwd: projectRoot,
        encoding: "utf8",
      });
    const help = run("--help");
    equal(help.status, 0);
    for (const option of ["cases", "sizes", "rounds", "torch", "threads", "contenders", "json"])
      ok(help.stdout.includes(`--${option}`), option);
    const refused = run("--round", "3");
    equal(refused.status, 1);
    match(refused.stderr, /has no option --round\. Did you mean --rounds\?/);
  });
});
