import { match } from "node:assert/strict";
import { join } from "node:path";

import { startUnit } from "../../lib/units/unit-process";
import { temporaryFolder } from "../helpers/temporary";
import { writeProtocol } from "./helpers";

describe("the process of a search on an outer fold", function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  it("says why it ends where there is nothing to search", async () => {
    const folder = writeProtocol(join(root.path, "benchmark"));
    const process = startUnit({
      entry: join(__dirname, "..", "..", "lib", "tabular", "nested-worker"),
      parameters: [folder, "nested", "race", "1", "1", join(root.path, "work"), root.path],
      threads: 1,
      onProgress: () => undefined,
    });
    const end = await process.ended;
    match(end.kind === "failed" && end.told ? end.message : end.kind, /no step "nested"|step "nested"/);
  });
});
