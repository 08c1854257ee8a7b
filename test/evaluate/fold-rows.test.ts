import { deepEqual, equal, ok } from "node:assert/strict";

import { DataFrame, toJSON } from "danfojs-node";

import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { foldRows } from "../../lib/evaluate/fold-rows";
import type { Prediction } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";

/** A model on three folds of 20 images; the last fold has no malignant one where it is asked for. */
function evaluationOf(model: string, benign = false) {
  const random = createRandom(2).split(model);
  const rows = Array.from({ length: 60 }, (_, at): Prediction => {
    const fold = 1 + Math.floor(at / 20);
    const label = at % 2 === 0 && !(benign && fold === 3) ? 1 : 0;
    return {
      ...{ id: `image ${at}`, patient: null, label, probability: random.uniform(0, 1), logit: null },
      ...{ fold: `fold ${fold}`, seed: 1, part: "test" },
    };
  });
  return evaluatePredictions({ model, rows }, { replicates: 20 });
}

describe("foldRows(evaluations)", () => {
  it("has a row a model, fold and seed, without those that have no value", () => {
    const rows = foldRows([evaluationOf("one"), evaluationOf("two", true)]);
    deepEqual(
      rows.map(({ model, fold, seed }) => [model, fold, seed]),
      [
        ...["fold 1", "fold 2", "fold 3"].map((fold) => ["one", fold, 1]),
        ...["fold 1", "fold 2"].map((fold) => ["two", fold, 1]),
      ],
    );
  });

  it("gives danfo what it groups to the means that the evaluation has", () => {
    const evaluations = [evaluationOf("one"), evaluationOf("two")];
    const grouped = new DataFrame(foldRows(evaluations)).groupby(["model"]).col(["AUC"]).mean();
    const means = toJSON(grouped) as { model: string; AUC_mean: number }[];
    equal(means.length, 2);
    for (const { model, AUC_mean } of means) {
      const { folds } = evaluations.find((one) => one.model === model)!.spread.areaUnderCurve;
      ok(Math.abs(AUC_mean - folds!.mean) < 1e-12, model);
    }
  });
});
