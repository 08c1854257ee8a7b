import { equal, throws } from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { placeInside, placeToWrite } from "../../lib/runs/file-names";
import { temporaryFolder } from "../helpers/temporary";

describe("placeInside(folder, name)", () => {
  const folder = temporaryFolder();

  it("finds files and files in folders, there or not", () => {
    equal(placeInside(folder.path, "model.json"), join(folder.path, "model.json"));
    equal(placeInside(folder.path, "a b/ü…/c.d"), join(folder.path, "a b", "ü…", "c.d"));
    equal(placeInside(folder.path, "..a"), join(folder.path, "..a"));
  });

  it("refuses names that lead elsewhere, on any system", () => {
    const names = [
      "",
      ".",
      "..",
      "../x",
      "a/../../x",
      "a/./x",
      "/etc/passwd",
      "a//b",
      "a/",
      "\\x",
      "a\\..\\x",
      "C:x",
      "c:/x",
      "a\0b",
      "a\nb",
      "__proto__",
      "n".repeat(256),
    ];
    for (const name of names)
      throws(() => placeInside(folder.path, name), { name: "Problem", message: /^The file name / }, name);
  });

  it("refuses links, and folders in place of files", () => {
    mkdirSync(join(folder.path, "real"));
    writeFileSync(join(folder.path, "file"), "");
    symlinkSync("/etc", join(folder.path, "out"));
    symlinkSync("/etc/hostname", join(folder.path, "real", "link"));
    symlinkSync("/nowhere", join(folder.path, "dangling"));
    throws(() => placeInside(folder.path, "out/hostname"), { message: /out is a link, which a run neither reads/ });
    throws(() => placeInside(folder.path, "real/link"), { message: /link is a link/ });
    throws(() => placeInside(folder.path, "dangling"), { message: /dangling is a link/ });
    throws(() => placeInside(folder.path, "real"), { message: /real is no file/ });
    throws(() => placeInside(folder.path, "file/x"), { message: /file is no folder/ });
  });
});

describe("placeToWrite(folder, name)", () => {
  const folder = temporaryFolder();

  it("refuses the run's own names, on disks that take upper and lower case as the same too", () => {
    for (const name of [
      "run.json",
      "RUN.json",
      "metrics.jsonl",
      "log.txt",
      "done.json",
      "checkpoints/x",
      "Owner/000001.held",
    ])
      throws(() => placeToWrite(folder.path, name), { message: /is a name that the run itself writes/ });
    for (const name of ["model.json", "a/run.json", "checkpoint"])
      equal(placeToWrite(folder.path, name), join(folder.path, name));
  });
});
