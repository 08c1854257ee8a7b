import { deepEqual, equal } from "node:assert/strict";

import { mergeViews } from "../../lib/evaluate/merge-views";
import { casesOf } from "./example";

describe("mergeViews(cases)", () => {
  it("takes the mean of a patient's views, malignant where any is", () => {
    const merged = mergeViews(casesOf([0, 1, 0, 0], [0.1, 0.7, 0.9, 0.4], ["a", "a", "b", "b"]));
    deepEqual(
      merged.map(({ patient, label, probability, decision }) => [patient, label, probability.toFixed(2), decision]),
      [
        ["a", 1, "0.40", 0],
        ["b", 0, "0.65", 1],
      ],
    );
  });

  it("keeps folds and seeds apart, and images without a patient", () => {
    const cases = casesOf([0, 0, 0], [0.1, 0.2, 0.3], ["a", "a", "a"]);
    const apart = [cases[0]!, { ...cases[1]!, fold: "fold 2" }, { ...cases[2]!, seed: 2 }];
    equal(mergeViews(apart).length, 3);
    equal(mergeViews(cases.map((one) => ({ ...one, patient: null }))).length, 3);
    equal(mergeViews(cases).length, 1);
  });

  it("decides by the fold's own threshold", () => {
    const cases = casesOf([1, 1], [0.3, 0.5], ["a", "a"]).map((one) => ({ ...one, threshold: 0.35 }));
    equal(mergeViews(cases)[0]!.decision, 1);
  });

  it("leaves a lone view as it is", () => {
    const cases = casesOf([0], [0.1]).map((one) => ({ ...one, logit: -2.2 }));
    deepEqual(mergeViews(cases), cases);
  });
});
