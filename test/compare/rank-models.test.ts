import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { rankModels } from "../../lib/compare/rank-models";
import { createRandom } from "../../lib/runtime/random";
import { examplePredictions, setOf } from "./example";

const options = () => ({ random: createRandom(1), replicates: 200 });

describe("rankModels(sets, options)", () => {
  it("puts the best first, and is sure where models differ much", () => {
    const sets = [examplePredictions("bad", { skill: 0 }), examplePredictions("good", { skill: 4, draw: 2 })];
    const { models, patients } = rankModels(sets, options());
    equal(patients, 60);
    deepEqual(
      models.map(({ model, rank, rankLow, rankHigh, bestShare }) => [model, rank, rankLow, rankHigh, bestShare]),
      [
        ["good", 1, 1, 1, 1],
        ["bad", 2, 2, 2, 0],
      ],
    );
    ok(models[0]!.low < models[0]!.value && models[0]!.value < models[0]!.high);
  });

  it("shares ranks and chances of equal models, and the chances add up to 1", () => {
    const one = examplePredictions("a");
    const sets = [one, { ...one, model: "b" }, examplePredictions("c", { draw: 2 })];
    const { models } = rankModels(sets, options());
    const [a, b] = ["a", "b"].map((name) => models.find(({ model }) => model === name)!);
    equal(a!.rank, b!.rank);
    equal(a!.bestShare, b!.bestShare);
    ok(Math.abs(models.reduce((sum, { bestShare }) => sum + bestShare, 0) - 1) < 1e-9);
    ok([1.5, 2.5].includes(a!.rank));
  });

  it("ranks by decisions too, and counts replicates without a value", () => {
    const labels = [0, 0, 1, 1, 1];
    const sets = [setOf("a", labels, [0, 0, 1, 1, 1]), setOf("b", labels, [0, 1, 1, 1, 1])];
    const { models, undefinedReplicates, replicates } = rankModels(sets, { ...options(), measure: "specificity" });
    deepEqual(
      models.map(({ model, value }) => [model, value]),
      [
        ["a", 1],
        ["b", 0.5],
      ],
    );
    ok(undefinedReplicates > 0);
    equal(replicates + undefinedReplicates, 200);
  });

  it("refuses what cannot be ranked", () => {
    const sets = [examplePredictions("a"), examplePredictions("b", { draw: 2 })];
    throws(
      () => rankModels(sets, { ...options(), measure: "beauty" as "accuracy" }),
      /measure: "beauty", expected "accuracy"/,
    );
    throws(() => rankModels(sets, { ...options(), confidence: 2 }), /confidence: 2/);
    const one = (model: string) => setOf(model, [0, 1], [0, 1], () => ({ patient: "p" }));
    throws(() => rankModels([one("a"), one("b")], options()), /of one patient/);
  });

  it("refuses a ranking where most replicates have no value", () => {
    // Of two patients, one of each class, half of the replicates draw one twice.
    const rare = ["a", "b"].map((model) => setOf(model, [0, 1], [0.2, 0.3]));
    const refused = Array.from({ length: 20 }, (_, seed) => {
      try {
        rankModels(rare, { replicates: 1, random: createRandom(seed) });
        return 0;
      } catch (error) {
        match((error as Error).message, /AUC is not defined in 1 of 1 replicates/);
        return 1;
      }
    }).filter((one) => one === 1).length;
    ok(refused > 2 && refused < 18);
  });
});
