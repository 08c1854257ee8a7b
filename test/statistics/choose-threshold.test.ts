import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { chooseThreshold, type ThresholdRule } from "../../lib/statistics/choose-threshold";
import { confusionCounts, measuresOf } from "../../lib/statistics/confusion";

const rules: readonly ThresholdRule[] = [
  { kind: "youden" },
  { kind: "accuracy" },
  { kind: "sensitivity", at: 0.9 },
  { kind: "specificity", at: 0.9 },
];

/** What a rule wants to be great; below any other where it is not met. */
function meritOf(rule: ThresholdRule, labels: readonly number[], probabilities: readonly number[], threshold: number) {
  const { sensitivity, specificity, accuracy } = measuresOf(confusionCounts(labels, probabilities, threshold));
  switch (rule.kind) {
    case "youden":
      return sensitivity.value! + specificity.value!;
    case "accuracy":
      return accuracy.value!;
    case "sensitivity":
      return sensitivity.value! >= rule.at ? specificity.value! : -1;
    case "specificity":
      return specificity.value! >= rule.at ? sensitivity.value! : -1;
  }
}

describe("chooseThreshold(labels, probabilities, rule)", () => {
  for (const rule of rules) {
    it(`finds none better among all that differ, and says what it gives: ${JSON.stringify(rule)}`, () => {
      const random = createRandom(9);
      for (let round = 0; round < 40; round++) {
        const labels = [0, 1, ...Array.from({ length: 20 }, () => random.integer(0, 1))];
        const probabilities = labels.map((label) => random.integer(0, 8) / 10 + 0.1 * label);
        const chosen = chooseThreshold(labels, probabilities, rule);
        const merit = meritOf(rule, labels, probabilities, chosen.threshold);
        for (const other of [...probabilities, 2]) {
          ok(merit >= meritOf(rule, labels, probabilities, other) - 1e-12, `${other} beats ${chosen.threshold}`);
        }
        const { sensitivity, specificity } = measuresOf(confusionCounts(labels, probabilities, chosen.threshold));
        deepEqual([chosen.sensitivity, chosen.specificity], [sensitivity.value, specificity.value]);
      }
    });
  }

  it("lies midway between neighbours", () => {
    deepEqual(chooseThreshold([0, 1], [0.25, 0.75], { kind: "youden" }), {
      threshold: 0.5,
      sensitivity: 1,
      specificity: 1,
    });
  });

  it("takes the lowest of equally good ones", () => {
    // Accuracy 3/4 from 0.15 and from 0.35; sensitivity 1 at both specificities only from the lower.
    equal(chooseThreshold([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4], { kind: "accuracy" }).threshold, 0.15000000000000002);
  });

  it("can call all, or none, class 1", () => {
    const all = chooseThreshold([1, 0], [0.4, 0.6], { kind: "sensitivity", at: 1 });
    deepEqual(all, { threshold: 0.2, sensitivity: 1, specificity: 0 });
    const none = chooseThreshold([1, 0, 0], [0.4, 0.6, 0.5], { kind: "accuracy" });
    deepEqual(none, { threshold: 0.8, sensitivity: 0, specificity: 1 });
    const above = chooseThreshold([1, 0], [0.4, 1], { kind: "specificity", at: 1 });
    ok(above.threshold > 1);
    deepEqual([above.sensitivity, above.specificity], [0, 1]);
  });

  it("parts neighbours between which there is no number", () => {
    const [low, high] = [0.1, 0.1 + 2 ** -56];
    ok(low < high);
    const { threshold, sensitivity, specificity } = chooseThreshold([0, 1], [low, high], { kind: "youden" });
    deepEqual([threshold, sensitivity, specificity], [high, 1, 1]);
  });

  it("meets a share that is just reached", () => {
    // One of each class in turn, so that every loss in sensitivity is a gain in specificity.
    const labels = Array.from({ length: 200 }, (_, index) => index % 2);
    const probabilities = labels.map((_, index) => index / 200);
    for (const at of [0.07, 0.29, 0.57, 0.9]) {
      equal(chooseThreshold(labels, probabilities, { kind: "sensitivity", at }).sensitivity, at);
      equal(chooseThreshold(labels, probabilities, { kind: "specificity", at }).specificity, at);
    }
  });

  it("refuses other input", () => {
    throws(() => chooseThreshold([1, 1], [0.1, 0.2], { kind: "youden" }), /of one class, 1/);
    throws(() => chooseThreshold([0, 1], [0.1, 3], { kind: "youden" }), /expected a number from 0 to 1/);
    throws(() => chooseThreshold([0, 1], [0.1], { kind: "youden" }), /There are 2 labels/);
    throws(
      () => chooseThreshold([0, 1], [0.1, 0.2], { kind: "sensitivity", at: 90 }),
      /sensitivity to be reached is 90/,
    );
    throws(
      () => chooseThreshold([0, 1], [0.1, 0.2], { kind: "sensitivity", at: -0.1 }),
      /sensitivity to be reached is -0\.1/,
    );
    throws(() => chooseThreshold([0, 1], [0.1, 0.2], { kind: "specificity" } as never), /specificity .* undefined/);
    throws(() => chooseThreshold([0, 1], [0.1, 0.2], { kind: "f1" } as never), /"youden", "accuracy"/);
  });
});
