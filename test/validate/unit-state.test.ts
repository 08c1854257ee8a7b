import { deepEqual, equal, match } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { forgetFailure, noteFailure, readUnitState } from "../../lib/validate/unit-state";
import { temporaryFolder } from "../helpers/temporary";

describe("readUnitState(planFolder, unit)", () => {
  const folder = temporaryFolder();
  const unit = { folder: "units/a/fold-1-seed-1" };
  const state = () => readUnitState(folder.path, unit);
  const open = () => openRun(join(folder.path, unit.folder), { kind: "u", configuration: null, inputs: {} });

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
    noteFailure(folder.path, unit, "No room.");
    deepEqual(state(), { state: "failed", error: "No room." });
    forgetFailure(folder.path, unit);
    forgetFailure(folder.path, unit);
    deepEqual(state(), { state: "waiting" });
    noteFailure(folder.path, unit, "No room.");
    const run = open();
    run.finish(null);
    run.close();
    equal(state().state, "done");
  });

  it("has failed where a file was changed after it was done, and where the note is damaged", () => {
    const run = open();
    run.writeFile("predictions.csv", "x");
    run.finish(null);
    run.close();
    writeFileSync(join(folder.path, unit.folder, "predictions.csv"), "y");
    const changed = state();
    match(changed.state === "failed" ? changed.error : "", /predictions.csv is not what .*done.json says/);
    const other = { folder: "units/a/fold-2-seed-1" };
    noteFailure(folder.path, other, "x");
    writeFileSync(join(folder.path, other.folder, "failed.json"), "{");
    equal(readUnitState(folder.path, other).state, "failed");
  });
});
