import { deepEqual, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { readProtocol } from "../../lib/tabular/protocol";
import { replayFile } from "../../lib/tabular/replay-outcome";
import { replayOf, runReplay } from "../../lib/tabular/run-replay";
import { temporaryFolder } from "../helpers/temporary";
import { tinyProtocol, writeProtocol } from "./helpers";
import { exampleReplay } from "./replay-example";

describe("runReplay(folder, step, progress)", () => {
  const folder = temporaryFolder();
  const steps = [tinyProtocol.steps[0]!, { ...tinyProtocol.steps[1]!, replay: { ...exampleReplay, set: "one" } }];
  beforeEach(() => {
    writeProtocol(folder.path, { ...tinyProtocol, steps });
  });

  it("does nothing for a step without replays, and refuses a table that is not there", async () => {
    deepEqual(await runReplay(folder.path, "first", null), { total: 0, done: 0 });
    deepEqual(replayOf(folder.path, readProtocol(folder.path), "second"), { total: 1, done: 0 });
    await rejects(runReplay(folder.path, "second", null), { name: "Problem" });
  });

  it("does not do again what is there", async () => {
    writeFileSync(join(folder.path, replayFile), "{}");
    deepEqual(await runReplay(folder.path, "second", null), { total: 1, done: 1 });
  });
});
