import { deepEqual, equal, ok } from "node:assert/strict";

import { recipes } from "../../lib/train/recipes";
import { rateAt } from "../../lib/train/schedule";
import { checkTraining } from "../../lib/train/training-options";

describe("recipes", () => {
  it("are options that a training takes, with a purpose each", () => {
    for (const [name, { purpose, options }] of Object.entries(recipes)) {
      ok(purpose.length > 20, name);
      ok(checkTraining(options, 10).epochs > 0, name);
    }
  });

  it("are plain data, which a configuration can hold", () => {
    deepEqual(JSON.parse(JSON.stringify(recipes)), recipes);
  });

  it("have the published training: five falls in 630 epochs, the last ending near its lowest rate", () => {
    const { schedule, epochs, batchSize } = checkTraining(recipes.published.options, 10);
    equal(10 + 20 + 40 + 80 + 160 + 320, epochs);
    equal(batchSize, 144);
    equal(rateAt(schedule, 0, { epochs, stepsPerEpoch: 1 }), 0.05);
    ok(rateAt(schedule, 629, { epochs, stepsPerEpoch: 1 }) < 1.1e-4);
  });

  it("have the study's: Nesterov momentum 0.9, decay 0.0005, one cycle to 0.05, 25 epochs of 32 images, the last epoch", () => {
    const { optimiser, schedule, epochs, batchSize, keep } = checkTraining(recipes.oneCycle.options, 0);
    deepEqual(optimiser, { kind: "momentum", momentum: 0.9, nesterov: true, decay: 5e-4, bound: 0 });
    deepEqual([schedule.kind, schedule.rate, epochs, batchSize, keep], ["one-cycle", 0.05, 25, 32, "last"]);
  });
});
