import { deepEqual, equal, throws } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { readHistory } from "../../lib/validate/read-history";
import { temporaryFolder } from "../helpers/temporary";

describe("readHistory(planFolder, unit)", () => {
  const folder = temporaryFolder();
  const unit = { folder: "units/cnn/fold-1-seed-1" };

  it("gives the epochs of a training that goes on", () => {
    const run = openRun(join(folder.path, unit.folder, "training"), { kind: "training", configuration: 1, inputs: {} });
    run.record({ epoch: 1, trainingLoss: 0.5 });
    run.record({ epoch: 2, trainingLoss: 0.25 });
    const history = readHistory(folder.path, unit);
    run.close();
    equal(history.length, 2);
    deepEqual(
      history.map(({ epoch, trainingLoss }) => [epoch, trainingLoss]),
      [
        [1, 0.5],
        [2, 0.25],
      ],
    );
  });

  it("says where there is none", () => {
    throws(() => readHistory(folder.path, { folder: "units/other/fold-1-seed-1" }), { message: /is missing/ });
  });
});
