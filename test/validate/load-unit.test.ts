import { equal, rejects, throws } from "node:assert/strict";
import { join } from "node:path";

import { readPredictions } from "../../lib/evaluate/prediction-file";
import { prepare } from "../../lib/data/prepare/prepare";
import { loadDataSet } from "../../lib/data/sets/load";
import { tf } from "../../lib/runtime/tensorflow";
import { loadUnit } from "../../lib/validate/load-unit";
import { makePlanFolder } from "../../lib/validate/plan-folder";
import { predictTrained } from "../../lib/validate/predict-trained";
import { runUnit } from "../../lib/validate/run-unit";
import { temporaryFolder } from "../helpers/temporary";
import { tinyPlan, writeTinySet } from "./helpers";

describe("loadUnit(planFolder, unit)", () => {
  const root = temporaryFolder();
  const folder = () => join(root.path, "plan");
  beforeEach(() => {
    writeTinySet(root.path);
  });

  it("loads the network that made the unit's predictions, to the bit", async () => {
    const { units, plan } = await makePlanFolder(folder(), tinyPlan(root.path), 1);
    await runUnit(folder(), 1);
    const { rows } = readPredictions(join(folder(), units[0]!.folder, "predictions.csv"), "Plain CNN");
    const tested = rows.filter(({ part }) => part === "test");
    const { numTensors } = tf.memory();
    const trained = loadUnit(folder(), units[0]!);
    const { records } = await loadDataSet("tiny", { root: root.path });
    const prepared = await prepare(records, plan.preparation);
    const logits = predictTrained(
      trained,
      prepared,
      tested.map(({ id }) => id),
      plan.training,
    );
    tested.forEach(({ logit, id }, place) => {
      const [benign, malignant] = [logits.values[2 * place]!, logits.values[2 * place + 1]!];
      // The file has nine significant digits.
      equal(logit, Number((malignant - benign).toPrecision(9)), id);
    });
    trained.weights.dispose();
    equal(tf.memory().numTensors, numTensors);
  });

  it("refuses a unit that is not done, and one that is none of the plan", async () => {
    const { units } = await makePlanFolder(folder(), tinyPlan(root.path), 1);
    throws(() => loadUnit(folder(), units[0]!));
    await runUnit(folder(), 1);
    throws(() => loadUnit(folder(), { ...units[0]!, model: "Other" }), /no model "Other".*Plain CNN/s);
    await rejects(async () => Promise.resolve(loadUnit(join(root.path, "none"), units[0]!)));
  });
});
