import { equal, throws } from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { makeSetFolder, unfinished } from "../../../lib/data/command/set-folder";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("makeSetFolder(root, name)", () => {
  it("makes the folder, and the root with it", () => {
    const made = makeSetFolder(join(folder.path, "new root"), "busi");
    equal(existsSync(made), true);
  });

  it("takes a folder that an unfinished download left, and no other", () => {
    mkdirSync(join(folder.path, "busi", unfinished), { recursive: true });
    writeFileSync(join(folder.path, "busi", "other"), "");
    equal(makeSetFolder(folder.path, "busi"), join(folder.path, "busi"));
    mkdirSync(join(folder.path, "full", "benign"), { recursive: true });
    throws(() => makeSetFolder(folder.path, "full"), /already holds benign\. Nothing is written over/);
  });

  it("refuses names that lead elsewhere or cannot be typed", () => {
    for (const name of ["..", "../up", "a/b", "a\\b", ".hidden", "", "con:", "a\u0000b", "end."]) {
      throws(() => makeSetFolder(folder.path, name), /is no name for a data set/, name);
    }
    equal(existsSync(makeSetFolder(folder.path, "Übersee 2")), true);
  });
});
