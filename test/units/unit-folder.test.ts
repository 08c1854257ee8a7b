import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { forgetFailure, isBegun, isSealed, noteFailure, readFailure, readUnitState } from "../../lib/units/unit-folder";
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
