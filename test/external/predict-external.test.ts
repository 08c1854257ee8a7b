import { deepEqual, ok, throws } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { predictExternal } from "../../lib/external/predict-external";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readValidation } from "../../lib/validate/read-validation";
import { runUnit } from "../../lib/validate/run-unit";
import { smokeStudy } from "../study/helpers";

describe("predictExternal(planFolder, unit, images)", function () {
  this.timeout(120_000);
  let folder = "";
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("says of images what the cross-validation said of them, and refuses those that are prepared otherwise", async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    const study = await smokeStudy(folder);
    const plan = {
      ...handCraftedPlan({ ...study, settings: { ...study.settings, handCrafted: ["CNN3"] } }),
      folds: [2],
    };
    const { threads } = describeRuntime();
    await makePlanFolder(
      folder,
      { ...plan, training: { epochs: 1, batchSize: 16, flipPredictions: true }, threads },
      1,
    );
    await runUnit(folder, 1);
    const { units, models } = readValidation(folder);
    const { unit } = units[0]!;
    const images = { dataset: "phantom", prepared: study.prepared, records: study.records };
    const found = predictExternal(folder, unit, images);
    deepEqual(
      found.map(({ id }) => id),
      study.prepared.ids,
    );
    const said = new Map(found.map((row) => [row.id, row]));
    for (const row of models[0]!.predictions.rows) {
      if (row.part !== "test") continue;
      const other = said.get(row.id)!;
      ok(Math.abs(other.logit! - row.logit!) < 1e-5);
      deepEqual([other.patient, other.label, other.fold, other.seed], [row.patient, row.label, row.fold, row.seed]);
    }
    throws(() => predictExternal(folder, unit, { ...images, prepared: { ...study.prepared, size: 64 } }), {
      name: "Problem",
      message: /prepared at 64 × 64 with gray, and CNN3 takes 32 × 32/,
    });
  });
});
