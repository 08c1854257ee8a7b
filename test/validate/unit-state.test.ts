import { deepEqual } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { readUnitState } from "../../lib/validate/unit-state";
import { temporaryFolder } from "../helpers/temporary";

describe("readUnitState(planFolder, unit)", () => {
  const folder = temporaryFolder();

  it("reads the folder of the unit within that of the plan, with the result of one that is done", () => {
    const unit = { folder: "units/a/fold-1-seed-1" };
    deepEqual(readUnitState(folder.path, unit), { state: "waiting" });
    const run = openRun(join(folder.path, unit.folder), { kind: "u", configuration: null, inputs: {} });
    deepEqual(readUnitState(folder.path, unit), { state: "begun" });
    const result = { validationAccuracy: 1, validationArea: null, epochs: 2, keptEpoch: 2 };
    run.finish(result);
    run.close();
    deepEqual(readUnitState(folder.path, unit), { state: "done", result });
  });
});
