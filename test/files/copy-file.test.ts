import { equal, throws } from "node:assert/strict";
import { lstatSync, readFileSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { copyFile } from "../../lib/files/copy-file";
import { temporaryFolder } from "../helpers/temporary";

const folder = temporaryFolder();
const path = (...names: string[]) => join(folder.path, ...names);

describe("copyFile(from, to)", () => {
  it("copies a file with its times into a folder that it makes", () => {
    writeFileSync(path("a"), "contents");
    utimesSync(path("a"), 1_000_000, 1_000_000);
    copyFile(path("a"), path("new", "within", "b"));
    equal(readFileSync(path("new", "within", "b"), "utf8"), "contents");
    equal(statSync(path("new", "within", "b")).mtimeMs, 1_000_000_000);
  });

  it("copies what a link leads to, and no link", () => {
    writeFileSync(path("a"), "contents");
    symlinkSync("a", path("link"));
    copyFile(path("link"), path("copied"));
    equal(lstatSync(path("copied")).isFile(), true);
    equal(readFileSync(path("copied"), "utf8"), "contents");
  });

  it("throws what the system says", () => {
    throws(
      () => {
        copyFile(path("missing"), path("b"));
      },
      { code: "ENOENT" },
    );
    writeFileSync(path("file"), "");
    throws(
      () => {
        copyFile(path("file"), path("file", "b"));
      },
      { code: /ENOTDIR|EEXIST/ },
    );
  });
});
