import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { firstMeasures } from "../../lib/evaluate/measures";
import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { createRandom } from "../../lib/runtime/random";
import { variantRows, type VariantPredictions } from "../../lib/variants/variant-rows";

/** What a network says of 60 patients with two images each, the better the larger `distance`, the more often malignant the larger `shift`. */
function predictionsOf(model: string, distance: number, shift = 0): PredictionSet {
  const random = createRandom(4);
  const rows = Array.from({ length: 120 }, (_, index): Prediction => {
    const label = Math.floor(index / 2) % 3 === 0 ? 1 : 0;
    const logit = random.normal() + distance * (label - 0.5) + shift;
    const [id, patient] = [`i${index}`, `p${Math.floor(index / 2)}`];
    const fold = `fold ${1 + (Math.floor(index / 6) % 2)}`;
    return { id, patient, label, logit, probability: 1 / (1 + Math.exp(-logit)), fold, seed: 1, part: "test" };
  });
  return { model, kind: "hand-crafted", rows };
}

const options = { reference: "plain", replicates: 200 };

describe("variantRows(sets, options)", () => {
  const sets: VariantPredictions[] = [
    { variant: "plain", predictions: predictionsOf("CNN3", 2) },
    { variant: "bolder", predictions: predictionsOf("CNN3", 2, 1) },
    { variant: "bolder", predictions: predictionsOf("other", 2) },
  ];

  it("hold each network in a variant against the same network in the reference, patient by patient", () => {
    const [plain, bolder, other] = variantRows(sets, options);
    deepEqual([plain!.images, plain!.patients], [120, 60]);
    equal(plain!.differences, null);
    equal(other!.differences, null, "of another network nothing stands there to be compared with");
    // Every logit is moved by the same: more are called malignant, and the order of patients stays but for means of their views.
    const { areaUnderCurve, sensitivity, specificity, accuracy } = bolder!.differences!;
    ok(Math.abs(areaUnderCurve.estimate!) < 0.01);
    ok(sensitivity.estimate! > 0 && sensitivity.low! >= 0 && specificity.high! < 0);
    for (const [measure, { estimate, low, high }] of Object.entries({ sensitivity, specificity, accuracy })) {
      const name = measure as "sensitivity" | "specificity" | "accuracy";
      const difference = bolder!.measures[name].value! - plain!.measures[name].value!;
      ok(Math.abs(estimate! - difference) < 1e-12, measure);
      ok(low! <= estimate! && estimate! <= high!, measure);
    }
    deepEqual(Object.keys(bolder!.differences!).sort(), [...firstMeasures].sort());
  });

  it("gives a variant that says the same no difference", () => {
    const same = [sets[0]!, { ...sets[0]!, variant: "same" }];
    for (const { estimate, low, high } of Object.values(variantRows(same, options)[1]!.differences!))
      deepEqual([estimate, low, high], [0, 0, 0]);
  });

  it("refuse a network that was tested on other images in one variant than in another", () => {
    const fewer = { ...sets[1]!.predictions, rows: sets[1]!.predictions.rows.slice(0, 118) };
    throws(() => variantRows([sets[0]!, { variant: "bolder", predictions: fewer }], options), { name: "Problem" });
  });
});
