import { createHash } from "node:crypto";
import { equal, notEqual } from "node:assert/strict";

import { hashPredictions } from "../../lib/evaluate/hash-predictions";
import type { Prediction } from "../../lib/evaluate/predictions";

const row: Prediction = {
  ...{ id: "a", patient: null, label: 1, probability: 0.25, logit: null, fold: "fold 1", seed: 1, part: "test" },
};

describe("hashPredictions(set)", () => {
  it("is the SHA-256 of the rows with their keys in order", () => {
    const text =
      '{"fold":"fold 1","id":"a","label":1,"logit":null,"part":"test","patient":null,"probability":0.25,"seed":1}';
    equal(hashPredictions({ model: "m", rows: [row] }), createHash("sha256").update(text).digest("hex"));
  });

  it("does not depend on the order of rows or on the model's name, and depends on every probability", () => {
    const other = { ...row, id: "b" };
    const hash = hashPredictions({ model: "m", rows: [row, other] });
    equal(hashPredictions({ model: "n", rows: [other, row] }), hash);
    notEqual(hashPredictions({ model: "m", rows: [row, { ...other, probability: 0.2500001 }] }), hash);
  });
});
