import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { sayFailure } from "../../lib/runtime/say-failures";

describe("sayFailure(error)", () => {
  it("says in a sentence what the machine refuses, and nothing of other errors", () => {
    const failure = (code: string, message = "open 'x'") => sayFailure(Object.assign(new Error(message), { code }));
    match(failure("EMFILE")!, /^The command cannot go on: it may open no more files.*\(open 'x'\)\.$/);
    match(failure("ERR_DLOPEN_FAILED", "a.so: failed to map\nmore")!, /compiled part.*\(a\.so: failed to map\)/);
    match(sayFailure(new RangeError("Array buffer allocation failed"))!, /no memory left/);
    for (const other of [new Error("x"), null, undefined, "text", Object.assign(new Error("x"), { code: "ENOENT" })])
      equal(sayFailure(other), null);
  });
});

describe("a command whose machine refuses files", () => {
  it("ends with one sentence, and no stack", function () {
    if (process.platform === "win32") return this.skip();
    const main = join(projectRoot, "dist", "validate", "main.js");
    // So few that the program's parts cannot be loaded.
    const { stderr, status } = spawnSync("bash", ["-c", `ulimit -n 18; exec "${process.execPath}" "${main}" --list`], {
      encoding: "utf8",
    });
    equal(status === 0, false);
    equal(/\n\s+at /.test(stderr), false, stderr);
  });
});
