import { deepEqual, equal, throws } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { DamagedFile } from "../../lib/runs/damaged-file";
import { readOwnFile } from "../../lib/runs/read-own-file";
import { temporaryFolder } from "../helpers/temporary";

describe("readOwnFile(path, most)", () => {
  const folder = temporaryFolder();
  const place = (name: string) => join(folder.path, name);

  it("reads a file, and tells of one that is missing", () => {
    writeFileSync(place("a"), "abc");
    writeFileSync(place("empty"), "");
    deepEqual([...readOwnFile(place("a"), 3)!], [97, 98, 99]);
    equal(readOwnFile(place("empty"), 3)!.length, 0);
    equal(readOwnFile(place("none"), 3), null);
  });

  it("refuses links, folders, devices and pipes without waiting on them", () => {
    writeFileSync(place("a"), "abc");
    symlinkSync(place("a"), place("link"));
    symlinkSync("/dev/zero", place("device"));
    execFileSync("mkfifo", [place("pipe")]);
    mkdirSync(place("folder"));
    for (const name of ["link", "device", "pipe", "folder"])
      throws(() => readOwnFile(place(name), 10), {
        name: "Problem",
        message: new RegExp(`${name} is a link or no file`),
      });
  });

  it("refuses a file that claims to be huge, before room is made for it", () => {
    writeFileSync(place("sparse"), "");
    truncateSync(place("sparse"), 1e12);
    throws(
      () => readOwnFile(place("sparse"), 1e6),
      (error) => error instanceof DamagedFile && error.message.includes("has 1000.0 GB, expected at most 1.0 MB"),
    );
  });

  it("tells a file that cannot be read from one that is damaged", () => {
    writeFileSync(place("file"), "");
    throws(
      () => readOwnFile(join(place("file"), "x"), 10),
      (error) => !(error instanceof DamagedFile) && (error as Error).message.includes("cannot be read"),
    );
  });
});
