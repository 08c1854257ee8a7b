import { deepEqual, equal, ok } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { projectRoot } from "../../lib/runtime/environment";
import { temporaryFolder } from "../helpers/temporary";

describe("serveContender(make)", () => {
  const folder = temporaryFolder();

  it("answers on standard output what is asked on standard input, and ends with the last request", () => {
    const file = join(folder.path, "contender.ts");
    const worker = JSON.stringify(join(projectRoot, "lib", "bench", "worker"));
    writeFileSync(
      file,
      `import { serveContender } from ${worker};
      serveContender((clock) => ({
        prepare: (name, size) => ({ parameters: size, about: name }),
        step: (loss) => ({ milliseconds: clock.seconds() > 0 ? 1 : 0, loss }),
        end: () => undefined,
      }));`,
    );
    const requests = [{ ask: "prepare", case: "reward", size: 32 }, { ask: "step", number: 4 }, { ask: "end" }];
    const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", "tsx/cjs", file], {
      cwd: projectRoot,
      encoding: "utf8",
      input: requests.map((request) => `${JSON.stringify(request)}\n`).join(""),
    });
    equal(status, 0, stderr);
    const answers = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, number>);
    deepEqual(answers.slice(0, 2), [
      { ready: true, parameters: 32, about: "reward" },
      { milliseconds: 1, loss: 4 },
    ]);
    ok(answers[2]!.peakRssMb! > 10);
  });
});
