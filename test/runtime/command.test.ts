import { equal, match, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";

import { projectRoot } from "../../lib/runtime/environment";

/** Runs a command in a process of its own. */
function run(command: string, ...parameters: string[]) {
  const code = `require("./dist/runtime/command").runCommand(${command})`;
  return spawnSync(process.execPath, ["-e", code, "--", ...parameters], { cwd: projectRoot, encoding: "utf8" });
}

describe("runCommand(command)", () => {
  it("ends with the exit code that the command gives", () => {
    equal(run("() => 3").status, 3);
    equal(run("async () => 0").status, 0);
  });

  for (const way of ["() => { throw problem; }", "async () => { throw problem; }"]) {
    it(`prints a problem as its sentence, and fails: ${way}`, () => {
      const problem = `const problem = new (require("./dist/runtime/problem").Problem)("The disk is full.", "Free some space.");`;
      const { status, stderr } = run(`(() => { ${problem} return ${way}; })()`);
      equal(status, 1);
      equal(stderr, "The disk is full. Free some space.\n");
    });
  }

  it("prints a defect with its stack, and fails", () => {
    const { status, stderr } = run(`() => { throw new TypeError("x is not a function"); }`);
    equal(status, 1);
    match(stderr, /TypeError: x is not a function\n\s+at /);
    ok(stderr.length < 5_000);
  });
});
