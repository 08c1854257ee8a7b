import { deepEqual, ok, rejects } from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { predictExternal } from "../../lib/external/predict-external";
import type { Prepared } from "../../lib/data/prepare/prepared";
import { describeRuntime } from "../../lib/runtime/tensorflow";
import { handCraftedPlan } from "../../lib/study/validation-plans";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readValidation } from "../../lib/validate/read-validation";
import { runUnit } from "../../lib/validate/run-unit";
import type { StudyModel } from "../../lib/validate/plan";
import { smokeStudy } from "../study/helpers";
import { savePretrained } from "../train/layers-model/helpers";

describe("predictExternal(planFolder, unit, images)", function () {
  this.timeout(120_000);
  let folder = "";
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("says of images what the cross-validation said of them, and refuses those that are prepared otherwise", async () => {
    folder = mkdtempSync(join(tmpdir(), "sononas test "));
    const study = await smokeStudy(folder);
    await savePretrained(join(folder, "mine"));
    const own: StudyModel = {
      ...{ name: "pretrained", kind: "hand-crafted" },
      network: {
        ...{ kind: "layers model", folder: join(folder, "mine"), channels: ["gray", "gray", "gray"] },
        normalisation: "training images",
      },
    };
    const planned = handCraftedPlan({ ...study, settings: { ...study.settings, handCrafted: ["CNN3"] } });
    const plan = { ...planned, models: [...planned.models, own], folds: [2] };
    const { threads } = describeRuntime();
    const { units: listed } = await makePlanFolder(
      folder,
      { ...plan, training: { epochs: 1, batchSize: 16, flipPredictions: true }, threads },
      1,
    );
    const images = { dataset: "phantom", prepared: study.prepared, records: study.records };
    await rejects(predictExternal(folder, listed[1]!, images, study), {
      name: "Problem",
      message: /pretrained, fold 2, seed 1 is not trained yet/,
    });
    await runUnit(folder, 1);
    await runUnit(folder, 2);
    const { units, models } = readValidation(folder);
    for (const [index, { unit }] of units.entries()) {
      const found = await predictExternal(folder, unit, images, study);
      deepEqual(
        found.map(({ id }) => id),
        study.prepared.ids,
      );
      const said = new Map(found.map((row) => [row.id, row]));
      const tested = models[index]!.predictions.rows.filter(({ part }) => part === "test");
      ok(tested.length > 0);
      for (const row of tested) {
        const other = said.get(row.id)!;
        ok(Math.abs(other.logit! - row.logit!) < 1e-5, `${unit.model}: ${other.logit} and ${row.logit}`);
        deepEqual([other.patient, other.label, other.fold, other.seed], [row.patient, row.label, row.fold, row.seed]);
      }
      await rejects(predictExternal(folder, unit, { ...images, prepared: { ...study.prepared, size: 64 } }, study), {
        name: "Problem",
        message: new RegExp(`prepared at 64 × 64 with gray, and ${unit.model} takes 32 × 32`),
      });
    }
    // Normalised by what it learned from, and not by what it is shown.
    const [bright] = await predictExternal(
      folder,
      units[1]!.unit,
      { ...images, prepared: brighter(study.prepared) },
      study,
    );
    const [plain] = await predictExternal(folder, units[1]!.unit, images, study);
    ok(Math.abs(bright!.logit! - plain!.logit!) > 1e-3);
  });
});

function brighter(prepared: Prepared): Prepared {
  return { ...prepared, pixels: prepared.pixels.map((level) => level + 0.2) };
}
