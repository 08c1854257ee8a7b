import { equal, match } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { temporaryFolder } from "../helpers/temporary";

describe("node dist/study/unit-main.js FOLDER UNIT", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();

  it("ends with 64 and a sentence where there is no plan, no unit or no folder", () => {
    const entry = join(projectRoot, "lib", "study", "unit-main.ts");
    for (const parameters of [[folder.path, "units/winner"], [join(folder.path, "gone"), "a"], []]) {
      const command = ["--require", "tsx/cjs", entry, ...parameters];
      const { status, stderr } = spawnSync(process.execPath, command, { cwd: projectRoot, encoding: "utf8" });
      equal(status, 64, stderr);
      match(stderr, /has no plan of units/);
    }
  });
});
