import { deepEqual, equal, rejects } from "node:assert/strict";
import { join } from "node:path";

import { readPredictions } from "../../lib/evaluate/prediction-file";
import { differencesOf } from "../../lib/train/predict";
import type { LayersNetwork } from "../../lib/train/layers-model/layers-specification";
import { loadPlanRecords, preparePlan, splitPlan } from "../../lib/validate/images";
import { loadLayersUnit } from "../../lib/validate/load-layers-unit";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { runUnit } from "../../lib/validate/run-unit";
import { temporaryFolder } from "../helpers/temporary";
import { savePretrained } from "../train/layers-model/helpers";
import { tinyPlan, writeTinySet } from "./helpers";

describe("loadLayersUnit(planFolder, unit, network, images)", function () {
  this.timeout(60_000);
  const root = temporaryFolder();

  it("loads the model that made the unit's predictions, and refuses one that is not trained or was trained on other images", async () => {
    const [folder, mine] = [join(root.path, "plan"), join(root.path, "mine")];
    writeTinySet(root.path);
    await savePretrained(mine);
    const network: LayersNetwork = { kind: "layers model", folder: mine, channels: ["gray", "gray", "gray"] };
    const models = [{ name: "pretrained", kind: "hand-crafted", network } as const];
    const plan = tinyPlan(root.path, { models, training: { epochs: 1, batchSize: 4 } });
    const { plan: settled, units } = await makePlanFolder(folder, plan, 1);
    const [unit] = units;
    const records = await loadPlanRecords(settled);
    const split = splitPlan(settled, records);
    const fold = split.folds.find(({ name }) => name === unit!.fold)!;
    const images = { dataHash: split.dataHash, prepared: await preparePlan(settled, records, fold) };
    await rejects(async () => loadLayersUnit(folder, unit!, network, images), /pretrained, .* is not trained yet/);
    await runUnit(folder, 1);
    const { rows } = readPredictions(join(folder, unit!.folder, "predictions.csv"), "pretrained");
    const trained = await loadLayersUnit(folder, unit!, network, images);
    const logits = differencesOf(trained.predict(rows.map(({ id }) => id)).values);
    trained.dispose();
    deepEqual([...logits].map((one) => one.toFixed(4)), rows.map(({ logit }) => logit!.toFixed(4))); // prettier-ignore
    const others = { ...images, prepared: { ...images.prepared, hash: "0".repeat(64) } };
    await rejects(loadLayersUnit(folder, unit!, network, others));
    equal(rows.length > 0, true);
  });
});
