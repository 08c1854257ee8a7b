import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import type { Prediction, PredictionSet } from "../../lib/evaluate/predictions";
import { inputRows, inputsTable } from "../../lib/inputs/input-rows";
import { createRandom } from "../../lib/runtime/random";
import type { VariantPredictions } from "../../lib/variants/variant-rows";

/** What a network says of 60 patients with two images each, the better the larger `distance` is. */
function predictionsOf(model: string, distance: number): PredictionSet {
  const random = createRandom(4);
  const rows = Array.from({ length: 120 }, (_, index): Prediction => {
    const label = Math.floor(index / 2) % 3 === 0 ? 1 : 0;
    const logit = random.normal() + distance * (label - 0.5);
    const [id, patient] = [`i${index}`, `p${Math.floor(index / 2)}`];
    const fold = `fold ${1 + (Math.floor(index / 6) % 2)}`;
    return { id, patient, label, logit, probability: 1 / (1 + Math.exp(-logit)), fold, seed: 1, part: "test" };
  });
  return { model, kind: "hand-crafted", rows };
}

const options = { replicates: 200 };

describe("inputRows(sets)", () => {
  const sets: VariantPredictions[] = [
    { variant: "expert's box", predictions: predictionsOf("CNN3", 2) },
    { variant: "found box", predictions: predictionsOf("CNN3", 1) },
    { variant: "found box", predictions: predictionsOf("other", 1) },
  ];

  it("hold each network with an input against the same network with the expert's box, patient by patient", () => {
    const [box, found, other] = inputRows(sets, options);
    deepEqual([box!.images, box!.patients], [120, 60]);
    equal(box!.areaDifference, null);
    const difference = found!.areaDifference!;
    const means = found!.areaOfPatients.value! - box!.areaOfPatients.value!;
    // Within folds here, pooled there.
    ok(Math.abs(difference.estimate! - means) < 0.05 && difference.estimate! < 0);
    ok(difference.low! < difference.estimate! && difference.estimate! < difference.high!);
    equal(other!.areaDifference, null, "of another network nothing stands there to be compared with");
  });

  it("refuse a network that was tested on other images with one input than with another", () => {
    const fewer = { ...sets[1]!.predictions, rows: sets[1]!.predictions.rows.slice(0, 118) };
    throws(() => inputRows([sets[0]!, { variant: "found box", predictions: fewer }], options), { name: "Problem" });
  });

  it("become a table with intervals and signed differences", () => {
    const [box, found] = inputsTable(inputRows(sets, options));
    match(String(box!["area per patient"]), /^0\.\d+ \[/);
    equal(box!["area minus expert's box"], null);
    match(String(found!["area minus expert's box"]), /^−0\.\d{3} \[−0\.\d{3}, [−+]0\.\d{3}\]$/);
  });
});
