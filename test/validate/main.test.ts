import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { systemClock } from "../../lib/runtime/environment";
import { WrongConfiguration } from "../../lib/runs/exit-codes";
import { takeLock } from "../../lib/runs/lock";
import { readArguments, runValidate } from "../../lib/validate/main";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readForeignPredictions } from "../../lib/evaluate/prediction-file";
import { readValidation } from "../../lib/validate/read-validation";
import { captureOutput } from "../helpers/capture";
import { temporaryFolder } from "../helpers/temporary";
import { tinyPlan, writeTinySet } from "./helpers";

describe("readArguments(parameters)", () => {
  it("reads folder, unit, workers and list", () => {
    const all = readArguments(["--folder", "a", "--workers", "2"]);
    equal(all.folder, resolve("a"));
    equal(all.workers, 2);
    equal(all.unit, null);
    equal(readArguments(["--folder", "a", "--unit", "12"]).unit, 12);
    equal(readArguments(["--folder", "a", "--list"]).list, true);
    equal(readArguments(["--help"]).help, true);
  });

  it("refuses what it does not know as a wrong configuration", () => {
    for (const parameters of [
      [],
      ["--folder"],
      ["--folder", "a", "--unit", "0"],
      ["--folder", "a", "--unit", "1e3"],
      ["--folder", "a", "--workers", "-1"],
      ["--folder", "a", "--unit", "1", "--list"],
      ["--folder", "a", "--units", "1"],
      ["a"],
    ])
      throws(() => readArguments(parameters), WrongConfiguration, parameters.join(" "));
  });
});

describe("npm run validate", function () {
  this.timeout(120_000);
  const root = temporaryFolder();

  it("lists units, runs one, then the rest, with the exit codes that schedulers know", async () => {
    writeTinySet(root.path);
    const folder = join(root.path, "plan");
    await makePlanFolder(folder, tinyPlan(root.path, { training: { epochs: 1, batchSize: 4 }, threads: 1 }), 1);
    const run = (...parameters: string[]) => printedBy(() => runValidate(["--folder", folder, ...parameters]));
    const listed = await run("--list");
    equal(listed.code, 0);
    match(listed.text, /1 {2}Plain CNN {2}fold 1 +1 {2}waiting/);
    const alone = await run("--unit", "2");
    equal(alone.code, 0, alone.text);
    match(alone.text, /Plain CNN, fold 2, seed 1: done/);
    equal((await run("--unit", "3")).code, 64);
    const rest = await run();
    equal(rest.code, 0, rest.text);
    match(rest.text, /fold 1 +1 {2}done[\s\S]*fold 2 +1 {2}done/);
    const [said] = readForeignPredictions(join(folder, "predictions", "plain-cnn.csv"), "");
    equal(said!.model, "Plain CNN");
    deepEqual(
      said!.rows.map(({ id }) => id).sort(),
      readValidation(folder)
        .models[0]!.predictions.rows.flatMap(({ id, part }) => (part === "test" ? [id] : []))
        .sort(),
    );
  });

  it("ends with 86 where another process has the unit, and writes nothing into its folder", async () => {
    writeTinySet(root.path);
    const folder = join(root.path, "plan");
    const { units } = await makePlanFolder(folder, tinyPlan(root.path, { threads: 1 }), 1);
    const taken = join(folder, units[0]!.folder);
    mkdirSync(taken, { recursive: true });
    const lock = takeLock(taken, { clock: systemClock });
    const before = readdirSync(taken);
    try {
      const { code, text } = await printedBy(() => runValidate(["--folder", folder, "--unit", "1"]));
      equal(code, 86, text);
      match(text, /is in use by process/);
      deepEqual(readdirSync(taken), before);
      const rest = await printedBy(() => runValidate(["--folder", folder]));
      equal(rest.code, 86, rest.text);
      match(rest.text, /fold 2 +1 {2}done/);
    } finally {
      lock.release();
    }
  });

  it("tells what is null or lies too deep in a plan in one sentence, as a wrong configuration", async () => {
    for (const plan of [
      "null",
      "[]",
      "5",
      '{"dataset":"tiny","models":null}',
      '{"dataset":"tiny","models":[null]}',
      '{"dataset":"tiny","models":[{"name":"a","kind":"found","network":{"kind":"hand-crafted"}}]}',
      '{"dataset":"tiny","models":[{"name":"a","kind":"found","network":{"kind":null}}]}',
      '{"dataset":"tiny","preparation":null,"models":[]}',
      `{"dataset":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    ]) {
      const path = join(root.path, "plan.json");
      writeFileSync(path, plan);
      const { code, text } = await printedBy(() => runValidate(["--folder", root.path, "--list"]));
      equal(code, 64, plan.slice(0, 100));
      ok(text.startsWith(path), text);
      equal(text.trim().split("\n").length, 1, text);
    }
  });

  it("ends with 64 where there is no plan, and with 0 after its help", async () => {
    const missing = await printedBy(() => runValidate(["--folder", root.path]));
    equal(missing.code, 64);
    match(missing.text, /has no plan.json/);
    const help = await printedBy(() => runValidate(["--help"]));
    equal(help.code, 0);
    match(help.text, /--folder DIR --unit N/);
  });
});

async function printedBy(work: () => Promise<number>): Promise<{ code: number; text: string }> {
  let code = -1;
  const ended = async () => {
    code = await work();
  };
  const text = await captureOutput(ended, process.stdout, process.stderr);
  return { code, text };
}
