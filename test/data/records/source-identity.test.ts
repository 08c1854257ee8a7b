import { deepEqual, notDeepEqual } from "node:assert/strict";
import { statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { identifySources } from "../../../lib/data/records/source-identity";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("identifySources(record)", () => {
  it("is the same as long as the files are", () => {
    const path = join(folder.path, "a.png");
    writeFileSync(path, "abc");
    const record = { image: { kind: "file" as const, path }, masks: [] };
    deepEqual(identifySources(record), identifySources(record));
  });

  it("notices a change that has the same size and the old time", async () => {
    const path = join(folder.path, "a.png");
    writeFileSync(path, "abc");
    const record = { image: { kind: "file" as const, path }, masks: [] };
    const before = identifySources(record);
    const { atime, mtime } = statSync(path);
    // The system's clock ticks every few milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(path, "abd");
    utimesSync(path, atime, mtime);
    notDeepEqual(identifySources(record), before);
  });

  it("tells a missing file", () => {
    const record = { image: { kind: "file" as const, path: join(folder.path, "none.png") }, masks: [] };
    deepEqual(
      identifySources(record).map((line) => line.endsWith("missing")),
      [true],
    );
  });
});
