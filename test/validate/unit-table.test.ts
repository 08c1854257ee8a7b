import { deepEqual } from "node:assert/strict";
import { join } from "node:path";

import { openRun } from "../../lib/runs/open-run";
import { writeCost } from "../../lib/validate/unit-cost";
import { noteFailure } from "../../lib/units/unit-folder";
import { reportUnits, tableOfUnits } from "../../lib/validate/unit-table";
import { temporaryFolder } from "../helpers/temporary";

describe("tableOfUnits(reportUnits(planFolder, units))", () => {
  const folder = temporaryFolder();

  it("has one row a unit, with what is known of it and nothing of the test part", () => {
    const units = [1, 2, 3].map((number) => ({
      ...{ number, model: "A", fold: `fold ${number}`, seed: 1, folder: `units/a/fold-${number}-seed-1` },
    }));
    const place = join(folder.path, units[0]!.folder);
    const run = openRun(place, { kind: "u", configuration: null, inputs: {} });
    run.finish({ validationAccuracy: 0.75, validationArea: 0.8, epochs: 4, keptEpoch: 3 });
    run.close();
    writeCost(place, {
      ...{
        trainingSeconds: 12.4,
        epochs: 4,
        parameters: 1,
        multiplyAdds: 1,
        peakMegabytes: 1,
        threads: 1,
        device: "CPU",
      },
    });
    noteFailure(join(folder.path, units[1]!.folder), "x");
    const none = { "validation accuracy": null, "validation AUC": null, epochs: null, seconds: null };
    deepEqual(tableOfUnits(reportUnits(folder.path, units)), [
      {
        ...{ unit: 1, model: "A", fold: "fold 1", seed: 1, state: "done" },
        ...{ "validation accuracy": 0.75, "validation AUC": 0.8, epochs: 4, seconds: 12 },
      },
      { unit: 2, model: "A", fold: "fold 2", seed: 1, state: "failed", ...none },
      { unit: 3, model: "A", fold: "fold 3", seed: 1, state: "waiting", ...none },
    ]);
  });
});
