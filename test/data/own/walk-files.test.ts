import { deepEqual, equal } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { walkFiles } from "../../../lib/data/own/walk-files";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const own = (...parts: string[]) => join(folder.path, "own", ...parts);
const write = (...parts: string[]) => {
  mkdirSync(join(own(...parts), ".."), { recursive: true });
  writeFileSync(own(...parts), "");
};
const found = () => walkFiles(own()).map(({ parts, refused }) => [parts.join("/"), refused]);

describe("walkFiles(start)", () => {
  it("finds every file, hidden ones too, in the order of names", () => {
    write("b", "x (10).png");
    write("b", "x (2).png");
    write(".DS_Store");
    deepEqual(found(), [
      [".DS_Store", null],
      ["b/x (2).png", null],
      ["b/x (10).png", null],
    ]);
  });

  it("visits each folder once, whatever links lead to it, and follows a link to a file inside", () => {
    write("a", "1.png");
    symlinkSync("..", own("a", "up"));
    symlinkSync("a", own("b"));
    symlinkSync("a/1.png", own("again.png"));
    deepEqual(found(), [
      ["a/1.png", null],
      ["again.png", null],
    ]);
  });

  it("refuses links that lead out or nowhere, and what is no regular file", () => {
    write("a.png");
    writeFileSync(join(folder.path, "secret.png"), "");
    symlinkSync("../secret.png", own("out.png"));
    symlinkSync("/dev/zero", own("device.png"));
    symlinkSync("nothing", own("nowhere.png"));
    execFileSync("mkfifo", [own("pipe.png")]);
    deepEqual(found(), [
      ["a.png", null],
      ["device.png", "is a link that leads out of the folder"],
      ["nowhere.png", "is a link that leads nowhere"],
      ["out.png", "is a link that leads out of the folder"],
      ["pipe.png", "is no regular file"],
    ]);
  });

  it("starts at a folder that is itself a link", () => {
    write("a.png");
    symlinkSync("own", join(folder.path, "linked"));
    equal(walkFiles(join(folder.path, "linked")).length, 1);
  });
});
