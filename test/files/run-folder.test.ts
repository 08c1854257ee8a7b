import { deepEqual, throws } from "node:assert/strict";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { makeRunFolder } from "../../lib/files/run-folder";
import { temporaryFolder } from "../helpers/temporary";

describe("makeRunFolder(parent, kind, moment)", () => {
  const folder = temporaryFolder();
  const moment = new Date("2026-11-23T16:15:03.999Z");

  it("names a folder that sorts by time and that any file system takes", () => {
    makeRunFolder(join(folder.path, "results"), "study", moment);
    deepEqual(readdirSync(join(folder.path, "results")), ["2026-11-23T16-15-03-study"]);
  });

  it("gives two runs of one second a folder each", () => {
    for (let run = 0; run < 3; run++) makeRunFolder(folder.path, "study", moment);
    deepEqual(readdirSync(folder.path).sort(), [
      "2026-11-23T16-15-03-study",
      "2026-11-23T16-15-03-study-2",
      "2026-11-23T16-15-03-study-3",
    ]);
  });

  it("says in a sentence that no folder can be made", () => {
    writeFileSync(join(folder.path, "file"), "");
    throws(
      () => makeRunFolder(join(folder.path, "file"), "study", moment),
      /No folder for the run can be made: .*file.* Free some space/,
    );
  });
});
