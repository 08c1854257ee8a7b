import { deepEqual, equal, match } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import {
  forgetFailure,
  isBegun,
  isSealed,
  noteFailure,
  obstacleTo,
  readFailure,
  readUnitState,
} from "../../lib/units/unit-folder";
import { temporaryFolder } from "../helpers/temporary";

describe("readUnitState(folder)", () => {
  const folder = temporaryFolder();
  const place = () => join(folder.path, "units", "a");
  const state = () => readUnitState(place());
  const open = () => openRun(place(), { kind: "u", configuration: null, inputs: {} });

  it("goes from waiting to begun to done", () => {
    deepEqual(state(), { state: "waiting" });
    const run = open();
    deepEqual(state(), { state: "begun" });
    run.writeFile("predictions.csv", "x");
    run.finish({ validationAccuracy: 1, validationArea: null, epochs: 2, keptEpoch: 2 });
    run.close();
    deepEqual(state(), {
      ...{ state: "done", result: { validationAccuracy: 1, validationArea: null, epochs: 2, keptEpoch: 2 } },
    });
  });

  it("has failed as long as a failure is noted, and is done whatever was noted before", () => {
    noteFailure(place(), "No room.");
    deepEqual(state(), { state: "failed", error: "No room.", wrongConfiguration: false });
    forgetFailure(place());
    forgetFailure(place());
    deepEqual(state(), { state: "waiting" });
    noteFailure(place(), "No room.");
    const run = open();
    run.finish(null);
    run.close();
    equal(state().state, "done");
  });

  it("is told by the names of its files alone, and keeps whether trying again can help", () => {
    deepEqual([isBegun(place()), isSealed(place()), readFailure(place())], [false, false, null]);
    const run = open();
    deepEqual([isBegun(place()), isSealed(place())], [true, false]);
    run.finish(null);
    run.close();
    deepEqual([isBegun(place()), isSealed(place())], [true, true]);
    noteFailure(place(), "No such fold.", true);
    deepEqual(readFailure(place()), { error: "No such fold.", wrongConfiguration: true });
  });

  it("has failed where a file was changed after it was done, and where the note is damaged", () => {
    const run = open();
    run.writeFile("predictions.csv", "x");
    run.finish(null);
    run.close();
    writeFileSync(join(place(), "predictions.csv"), "y");
    const changed = state();
    match(changed.state === "failed" ? changed.error : "", /predictions.csv is not what .*done.json says/);
    const other = join(folder.path, "units", "b");
    noteFailure(other, "x");
    writeFileSync(join(other, "failed.json"), "{");
    equal(readUnitState(other).state, "failed");
  });
});

describe("obstacleTo(folder)", () => {
  const folder = temporaryFolder();
  const place = (...names: string[]) => join(folder.path, ...names);

  it("finds none where the folder is there, or can be made", () => {
    mkdirSync(place("there"));
    symlinkSync(place("there"), place("link"));
    for (const name of ["there", "link", "new", "new/of/new"]) equal(obstacleTo(place(name)), null);
  });

  it("names a file and a link to nothing in its place or above it, and a failure there is kept nowhere and read as one", () => {
    writeFileSync(place("file"), "");
    symlinkSync(place("gone"), place("link"));
    for (const name of ["file", "file/a/b"]) {
      match(obstacleTo(place(name))!, /file is a file, and a unit's folder belongs there\. Move it away\.$/);
      noteFailure(place(name), "No room.");
      match(readFailure(place(name))!.error, /failed\.json cannot be read: a part of its path is a file/);
      equal(readUnitState(place(name)).state, "failed");
    }
    for (const name of ["link", "link/a"]) {
      match(obstacleTo(place(name))!, /link is a link that leads nowhere\. Put back .* or remove it\.$/);
      noteFailure(place(name), "No room.");
    }
  });

  it("says where a folder is another user's, or may not be read", () => {
    chmodSync(folder.path, 0o755);
    mkdirSync(place("other"), { mode: 0o555 });
    mkdirSync(place("closed"), { mode: 0o000 });
    // The system keeps nothing from root: as root this is asked by a process that is so no more.
    const ask = `
      const { obstacleTo } = require(${JSON.stringify(require.resolve("../../lib/units/unit-folder"))});
      if (process.getuid() === 0) process.setuid(65534);
      console.log(JSON.stringify(process.argv.slice(1).map(obstacleTo)));`;
    const asked = ["other", "other/new", "closed", "closed/new"].map((name) => place(name));
    const options = ["--require", require.resolve("tsx/cjs"), "-e", ask, ...asked];
    const told = JSON.parse(execFileSync(process.execPath, options, { encoding: "utf8" })) as string[];
    for (const [index, name] of ["other", "other", "closed", "closed/new"].entries())
      match(told[index]!, new RegExp(`${name} cannot be read and written: access is not allowed`));
    chmodSync(place("closed"), 0o755);
  });
});
