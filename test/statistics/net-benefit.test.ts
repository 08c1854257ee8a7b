import { deepEqual, throws } from "node:assert/strict";

import { netBenefit, predictiveValues } from "../../lib/statistics/net-benefit";
import { benefit, near } from "./recorded/read";

describe("netBenefit(sensitivity, specificity, prevalence, threshold)", () => {
  it("is what counting gives: true positives, less false ones at the odds of the threshold", () => {
    // 1000 people, 200 ill: 180 found, 80 of 800 well ones acted on, at odds of 1 to 4.
    near(netBenefit(0.9, 0.9, 0.2, 0.2), (180 - 80 / 4) / 1000);
  });

  it("is what dcurves gives, at the set's frequency and at another, for a model, for acting on all and on none", () => {
    const { labels, probabilities, thresholds, ofTheSet, prevalence, atPrevalence } = benefit;
    const ones = labels.filter((label) => label === 1).length;
    const share = (label: number, from: number) =>
      labels.filter((one, row) => one === label && probabilities[row]! >= from).length /
      (label === 1 ? ones : labels.length - ones);
    for (const [found, at] of [
      [ofTheSet, ones / labels.length],
      [atPrevalence, prevalence],
    ] as const) {
      const of = (from: (threshold: number) => number) =>
        thresholds.map((threshold) =>
          netBenefit(share(1, from(threshold)), 1 - share(0, from(threshold)), at, threshold),
        );
      near(of((threshold) => threshold), found.model, 1e-12); // prettier-ignore
      near(of(() => 0), found.all, 1e-12); // prettier-ignore
      near(of(() => 2), found.none, 1e-12); // prettier-ignore
    }
  });

  it("is the prevalence, less the rest at the odds, for acting on all, and 0 for acting on none", () => {
    near(netBenefit(1, 0, 0.3, 0.1), 0.3 - 0.7 / 9);
    deepEqual(netBenefit(0, 1, 0.3, 0.1), 0);
  });

  it("refuses what is no share, and a threshold of 1", () => {
    throws(() => netBenefit(1.2, 0.5, 0.1, 0.1), { name: "Problem", message: /sensitivity is 1.2/ });
    throws(() => netBenefit(0.5, -0.1, 0.1, 0.1), { name: "Problem", message: /specificity is -0.1/ });
    throws(() => netBenefit(0.5, 0.5, NaN, 0.1), { name: "Problem", message: /prevalence is NaN/ });
    throws(() => netBenefit(0.5, 0.5, 0.1, 1), { name: "Problem", message: /below 1/ });
  });
});

describe("predictiveValues(sensitivity, specificity, prevalence)", () => {
  it("is what counting gives at any prevalence", () => {
    // 10,000 women in screening, 60 ill: 54 found, 6 missed; 994 of 9940 called wrongly.
    const { positive, negative } = predictiveValues(0.9, 0.9, 0.006);
    near([positive!, negative!], [54 / (54 + 994), 8946 / (8946 + 6)]);
  });

  it("is not defined where no such call is made", () => {
    deepEqual(predictiveValues(0, 1, 0.2), { positive: null, negative: 0.8 });
    deepEqual(predictiveValues(1, 0, 0.2).negative, null);
  });

  it("refuses what is no share", () => {
    throws(() => predictiveValues(0.9, 0.9, 40), { name: "Problem", message: /prevalence is 40/ });
  });
});
