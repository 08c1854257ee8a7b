import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { worstPredictions } from "../../lib/explain/worst-predictions";

describe("worstPredictions(predictions, count)", () => {
  it("orders by the cross-entropy, and says of which class the probability is", () => {
    const worst = worstPredictions([
      { id: "right", label: 1, probability: 0.9 },
      { id: "wrong", label: 0, probability: 0.97 },
      { id: "unsure", label: 1, probability: 0.4 },
    ]);
    deepEqual(
      worst.map(({ id }) => id),
      ["wrong", "unsure", "right"],
    );
    equal(worst[0]!.caption, "truth benign · P(malignant) 0.97 · loss 3.51");
    equal(worst[1]!.caption, "truth malignant · P(malignant) 0.40 · loss 0.92");
    ok(Math.abs(worst[0]!.loss - 3.5065578973) < 1e-9);
  });

  it("takes the first names where losses are equal, a loss without bounds included", () => {
    const predictions = ["c", "a", "b"].map((id) => ({ id, label: 1, probability: 0 }));
    const worst = worstPredictions([{ id: "fine", label: 0, probability: 0 }, ...predictions], 2);
    deepEqual(
      worst.map(({ id, loss }) => [id, loss]),
      [
        ["a", Infinity],
        ["b", Infinity],
      ],
    );
    equal(worst[0]!.caption, "truth malignant · P(malignant) 0 · loss infinite");
  });

  it("keeps small losses apart from none", () => {
    const [one] = worstPredictions([{ id: "a", label: 0, probability: 0.0012 }]);
    equal(one!.caption, "truth benign · P(malignant) 0.0012 · loss 0.0012");
    const [sure] = worstPredictions([{ id: "a", label: 0, probability: 0 }]);
    equal(sure!.caption, "truth benign · P(malignant) 0 · loss 0");
  });

  it("refuses what is no prediction, and no count", () => {
    const refuse = (label: number, probability: number) => {
      throws(() => worstPredictions([{ id: "x", label, probability }]), { name: "Problem", message: /"x"/ });
    };
    refuse(2, 0.5);
    refuse(1, NaN);
    refuse(1, 1.01);
    for (const count of [0, 1.5, NaN]) throws(() => worstPredictions([], count), { name: "Problem" });
  });
});
