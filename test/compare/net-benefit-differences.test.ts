import { deepEqual, match, ok, throws } from "node:assert/strict";

import { compareNetBenefit, netBenefitTable } from "../../lib/compare/net-benefit-differences";
import { evaluatePredictions } from "../../lib/evaluate/evaluation";
import { netBenefit } from "../../lib/statistics/net-benefit";
import { examplePredictions, setOf } from "./example";

const quick = { reference: "a", replicates: 200 };

describe("compareNetBenefit(sets, options)", () => {
  it("is the difference of what the definition gives, patient by patient", () => {
    const labels = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 1 : 0));
    const sets = ["a", "b"].map((model, draw) => setOf(model, labels, labels.map((label, index) => ((7 * index + 11 * draw) % 20) / 20 * 0.7 + 0.25 * label))); // prettier-ignore
    for (const { threshold, difference } of compareNetBenefit(sets, { ...quick, thresholds: [0.2, 0.5] })) {
      const [a, b] = sets.map((set) => {
        const { sensitivity, specificity } = evaluatePredictions(set, {
          threshold: { kind: "fixed", at: threshold },
          replicates: 10,
        }).pooled.measures;
        return netBenefit(sensitivity.value!, specificity.value!, 1 / 3, threshold);
      });
      ok(Math.abs(difference.estimate! - (b! - a!)) < 1e-12);
      ok(difference.low! <= difference.estimate! && difference.estimate! <= difference.high!);
    }
  });

  it("tells a good model from a bad one, and none from its copy", () => {
    const good = examplePredictions("a", { skill: 3, images: 300, seeds: [1, 2] });
    const sets = [good, examplePredictions("bad", { skill: 0.3, images: 300, draw: 2 }), { ...good, model: "copy" }];
    const found = compareNetBenefit(sets, quick);
    deepEqual(found.length, 6);
    ok(found.find(({ model, threshold }) => model === "bad" && threshold === 0.3)!.difference.high! < 0);
    for (const { difference } of found.filter(({ model }) => model === "copy")) deepEqual(difference.estimate, 0);
    const [bad, copy] = netBenefitTable(found);
    match(String(bad!["acting from 30 %"]), /^−0\.\d{3} \[−/);
    deepEqual(copy!["acting from 2 %"], "0.000 [0.000, 0.000]");
  });

  it("refuses thresholds and references that cannot be such", () => {
    const sets = [examplePredictions("a"), examplePredictions("b")];
    throws(() => compareNetBenefit(sets, { ...quick, thresholds: [1] }), { name: "Problem" });
    throws(() => compareNetBenefit(sets, { ...quick, thresholds: [] }), { name: "Problem" });
    throws(() => compareNetBenefit(sets, { reference: "c" }), { name: "Problem", message: /no model "c"/ });
  });
});
