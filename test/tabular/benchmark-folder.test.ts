import { ok } from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { benchmarkFolder } from "../../lib/tabular/benchmark-folder";

describe("benchmarkFolder()", () => {
  it("is the folder of the project with the protocol", () => {
    ok(existsSync(join(benchmarkFolder(), "protocol.json")));
  });
});
