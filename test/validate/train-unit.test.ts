import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";

import { readPredictions } from "../../lib/evaluate/prediction-file";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import type { StudyModel } from "../../lib/validate/plan";
import { loadUnit } from "../../lib/validate/load-unit";
import { readValidation } from "../../lib/validate/read-validation";
import { runPlan } from "../../lib/validate/run-plan";
import { runUnit } from "../../lib/validate/run-unit";
import { readUnitState } from "../../lib/validate/unit-state";
import { temporaryFolder } from "../helpers/temporary";
import { savePretrained } from "../train/layers-model/helpers";
import { tinyModel, tinyPlan, writeTinySet } from "./helpers";

describe("units of layers models, and of trials", function () {
  this.timeout(60_000);
  const root = temporaryFolder();
  const folder = () => join(root.path, "plan");
  const own = (): StudyModel => ({
    ...{ name: "pretrained", kind: "hand-crafted" },
    network: {
      kind: "layers model",
      folder: join(root.path, "mine"),
      channels: ["gray", "gray", "gray"],
      frozenEpochs: 1,
    },
  });
  beforeEach(async () => {
    writeTinySet(root.path);
    await savePretrained(join(root.path, "mine"));
  });

  it("train, predict and cost a layers model like any other, beside a network of the registry", async () => {
    const plan = tinyPlan(root.path, { models: [tinyModel, own()], training: { epochs: 2, batchSize: 4 } });
    const { units } = await makePlanFolder(folder(), plan, 1);
    await runUnit(folder(), 1);
    const result = await runUnit(folder(), 2);
    deepEqual([result.epochs, units[1]!.model], [2, "pretrained"]);
    const said = units
      .slice(0, 2)
      .map((unit) => readPredictions(join(folder(), unit.folder, "predictions.csv"), unit.model).rows);
    deepEqual(
      said[0]!.map(({ id, part }) => [id, part]),
      said[1]!.map(({ id, part }) => [id, part]),
    );
    const { costs } = readValidation(folder(), "done");
    const [, cost] = costs;
    equal(cost!.parameters, 112 + 8 + 10);
    ok(cost!.multiplyAdds > 1000 && cost!.trainingSeconds > 0);
    deepEqual(await runUnit(folder(), 2), result);
  });

  it("name a model whose files are not there, before anything is trained", async () => {
    rmSync(join(root.path, "mine"), { recursive: true });
    await rejects(
      runPlan(folder(), tinyPlan(root.path, { models: [own()] }), { watch: null }),
      /model\.json is missing/,
    );
    equal(existsSync(join(folder(), "units/pretrained")), false);
  });

  it("tell the outline while they learn, and predict by the class alone", async () => {
    const plan = tinyPlan(root.path, {
      ...{ dataset: "phantom", records: { sample: { count: 40 } } },
      training: { epochs: 1, batchSize: 4, targets: { outline: 0.5 } },
    });
    const { units } = await makePlanFolder(folder(), plan, 1);
    await runUnit(folder(), 1);
    const trained = loadUnit(folder(), units[0]!);
    equal(trained.graph.auxiliary, null);
    trained.weights.dispose();
    equal(readPredictions(join(folder(), units[0]!.folder, "predictions.csv"), "Plain CNN").rows.length > 10, true);
    // Heads of training alone cost nothing afterwards.
    equal(readValidation(folder(), "done").costs[0]!.parameters, 72_146);
  });

  it("take numbers that become none for an answer where a plan is there to choose by", async () => {
    const training = {
      ...{ epochs: 3, batchSize: 4, schedule: { kind: "constant" as const, rate: 1e30 } },
      optimiser: { kind: "momentum", bound: 0 },
    } as const;
    const { units } = await makePlanFolder(folder(), tinyPlan(root.path, { training, predicts: "validation" }), 1);
    const result = await runUnit(folder(), 1);
    deepEqual(result, { validationAccuracy: null, validationArea: null, epochs: 0, keptEpoch: 0 });
    equal(readUnitState(folder(), units[0]!).state, "done");
  });
});
