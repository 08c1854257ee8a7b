import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { checkPredictions } from "../../lib/evaluate/check-predictions";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { readValidation } from "../../lib/validate/read-validation";
import { runUnit } from "../../lib/validate/run-unit";
import { temporaryFolder } from "../helpers/temporary";
import { images, tinyModel, tinyPlan, writeTinySet } from "./helpers";

describe("readValidation(folder, require)", () => {
  const root = temporaryFolder();

  it("gives each model's predictions and costs, names units that are missing, and refuses changed files", async () => {
    writeTinySet(root.path);
    const folder = join(root.path, "plan");
    const models = [tinyModel, { ...tinyModel, name: "Other" }];
    const { units } = await makePlanFolder(
      folder,
      tinyPlan(root.path, { models, training: { epochs: 1, batchSize: 4 } }),
      1,
    );
    for (const unit of units.filter(({ model }) => model === "Plain CNN")) await runUnit(folder, unit.number);

    throws(() => readValidation(folder), /2 of 4 units are not done: Other, fold 1, seed 1 \(waiting\); Other, fold 2/);
    const { models: read, costs, units: reports, missing } = readValidation(folder, "done");
    deepEqual(
      read.map(({ model, missing: open }) => [model.name, open.length]),
      [
        ["Plain CNN", 0],
        ["Other", 2],
      ],
    );
    equal(missing!.startsWith("2 of 4"), true);
    equal(reports.length, 4);
    equal(costs.length, 2);
    // Each image is tested once: the folds are a cross-validation.
    const { predictions } = read[0]!;
    const tested = predictions.rows.filter(({ part }) => part === "test").map(({ id }) => id);
    deepEqual([tested.length, new Set(tested).size], [images, images]);
    checkPredictions(predictions, { expected: tested });

    for (const unit of units.filter(({ model }) => model === "Other")) await runUnit(folder, unit.number);
    equal(readValidation(folder).missing, null);
    const file = join(folder, units[0]!.folder, "predictions.csv");
    writeFileSync(file, readFileSync(file, "utf8").replace(",test", ",validation"));
    throws(() => readValidation(folder), /Plain CNN, fold 1, seed 1 \(failed\)/);
  });
});
