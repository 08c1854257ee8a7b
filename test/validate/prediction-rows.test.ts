import { deepEqual, equal, ok } from "node:assert/strict";

import { checkPredictions } from "../../lib/evaluate/check-predictions";
import { predictionRows } from "../../lib/validate/prediction-rows";

describe("predictionRows(unit, part, logits, patients)", () => {
  const logits = { ids: ["a", "b"], labels: Int32Array.of(1, 0), values: Float32Array.of(0.5, 2, 3, -1) };
  const rows = predictionRows({ fold: "fold 2", seed: 4 }, "test", logits, new Map([["a", "anna"]]));

  it("gives the difference of the logits and the probability that belongs to it", () => {
    deepEqual(
      rows.map(({ logit }) => logit),
      [1.5, -4],
    );
    rows.forEach(({ logit, probability }) => {
      ok(Math.abs(probability - 1 / (1 + Math.exp(-logit!))) < 1e-12);
    });
  });

  it("keeps names, classes, patients, fold and seed", () => {
    deepEqual(
      rows.map(({ id, label, patient, fold, seed, part }) => ({ id, label, patient, fold, seed, part })),
      [
        { id: "a", label: 1, patient: "anna", fold: "fold 2", seed: 4, part: "test" },
        { id: "b", label: 0, patient: null, fold: "fold 2", seed: 4, part: "test" },
      ],
    );
  });

  it("is fit to be evaluated", () => {
    const notes = checkPredictions({ model: "m", rows });
    equal(notes.filter((note) => !note.includes("patient")).length, 0, notes.join("\n"));
  });
});
