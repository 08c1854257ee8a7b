import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { copyProject, readRecipes, runInCopy, takeStep } from "../helpers/recipes";

const recipes = readRecipes(readFileSync(join(projectRoot, "docs", "extend.md"), "utf8"));

describe("the recipes of docs/extend.md", function () {
  this.timeout(600_000);
  let copy = "";

  before(() => {
    copy = mkdtempSync(join(tmpdir(), "sononas extended "));
    copyProject(copy);
    for (const { steps } of recipes) for (const step of steps) takeStep(copy, step);
  });

  after(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it("say how to add an operation, a strategy, a data set, a network, a measure, a figure and a step of a study", () => {
    deepEqual(
      recipes.map(({ title }) => title),
      [
        ...["An operation of a search space", "A strategy", "A data set", "A hand-crafted network", "A measure"],
        ...["A figure", "A step of a study"],
      ],
    );
  });

  it("take at most two files of the library and a test each", () => {
    for (const { title, steps } of recipes) {
      const files = [...new Set(steps.map(({ file }) => file))];
      ok(files.filter((file) => file.startsWith("lib/")).length <= 2, title);
      equal(files.filter((file) => file.endsWith(".test.ts")).length, 1, title);
      equal(files.length, files.filter((file) => /^(lib|test)\//.test(file)).length, title);
    }
  });

  it("compile, taken all together", () => {
    const { code, output } = runInCopy(copy, ["typescript/bin/tsc", "-p", "tsconfig.json", "--noEmit"]);
    equal(code, 0, output);
  });

  it("pass the tests that they bring", () => {
    const tests = recipes
      .flatMap(({ steps }) => steps.map(({ file }) => file))
      .filter((file) => file.endsWith(".test.ts"));
    const { code, output } = runInCopy(copy, ["mocha/bin/mocha.js", "--no-parallel", ...tests]);
    equal(code, 0, output);
    const passed = /^(\d+) passed, 0 failed, 0 skipped$/m.exec(output)?.[1];
    // Each brings one at least.
    ok(Number(passed) >= tests.length, output);
  });

  it("are refused where the library is no longer as they say", () => {
    const step = { file: "lib/index.ts", isNew: false };
    throws(() => {
      takeStep(copy, { ...step, text: " a line that nobody wrote\n+another\n" });
    }, /holds 0 times/);
    throws(() => {
      takeStep(copy, { ...step, text: "no sign before it\n" });
    }, /expected " ", "-" or "\+"/);
    throws(() => {
      takeStep(copy, { ...step, isNew: true, text: "" });
    }, /is there already/);
  });
});
