import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { judgeDifference, powerOfDifference } from "../../lib/statistics/equivalence";
import { near, patients } from "./recorded/read";

const verdict = (difference: number, standardError: number) =>
  judgeDifference({ difference, standardError, margin: 0.01 }).verdict;

describe("judgeDifference(options)", () => {
  it("gives the p-values and intervals of two one-sided t-tests by statsmodels", () => {
    for (const { p, equivalenceP, nonInferiorityP, intervals, ...given } of patients.equivalence) {
      const found = judgeDifference(given);
      near([found.p, found.equivalenceP, found.nonInferiorityP], [p, equivalenceP, nonInferiorityP], 1e-12);
      const { interval, equivalenceInterval } = found;
      near([interval.low, interval.high, equivalenceInterval.low, equivalenceInterval.high], intervals, 1e-12);
    }
  });

  it("gives those of the normal distribution where degrees of freedom are left out", () => {
    for (const [difference, standardError, margin, equivalenceP, p] of patients.equivalenceNormal) {
      const found = judgeDifference({ difference, standardError, margin });
      near([found.equivalenceP, found.p], [equivalenceP, p], 1e-13);
    }
  });

  it("tells equivalence from not being able to tell", () => {
    equal(verdict(0.0015, 0.0023), "equivalent within the margin");
    equal(verdict(0.0015, 0.02), "cannot be told");
    equal(verdict(0.011, 0.004), "better");
    equal(verdict(-0.011, 0.004), "worse");
    equal(verdict(0.008, 0.006), "not worse by the margin");
    equal(verdict(-0.008, 0.006), "cannot be told");
  });

  it("says that a difference can be both told from 0 and smaller than the margin", () => {
    const found = judgeDifference({ difference: 0.004, standardError: 0.001, margin: 0.01 });
    deepEqual([found.verdict, found.equivalent], ["better", true]);
  });

  it("agrees with its own intervals wherever it stands", () => {
    const random = createRandom(3);
    for (let round = 0; round < 500; round++) {
      const difference = random.uniform(-0.03, 0.03);
      const standardError = random.uniform(0.0005, 0.02);
      const degreesOfFreedom = random.uniform() < 0.5 ? null : random.uniform(1.2, 30);
      const found = judgeDifference({ difference, standardError, degreesOfFreedom, margin: 0.01 });
      const { equivalenceInterval: ends } = found;
      equal(found.equivalent, ends.low > -0.01 && ends.high < 0.01);
      equal(found.p < 0.05, found.interval.low > 0 || found.interval.high < 0);
      if (found.verdict === "not worse by the margin") ok(ends.low > -0.01);
    }
  });

  it("refuses a standard error or a margin that says nothing", () => {
    for (const wrong of [
      { standardError: 0 },
      { standardError: NaN },
      { margin: 0 },
      { margin: -1 },
      { difference: NaN },
    ])
      throws(() => judgeDifference({ difference: 0, standardError: 1, margin: 1, ...wrong }), { name: "Problem" });
  });
});

describe("powerOfDifference(standardError, margin, power, confidence)", () => {
  it("gives what statsmodels gives for a z-test, and the definition for equivalence", () => {
    for (const [error, margin, detectable, atMargin, cases, both] of patients.power) {
      const found = powerOfDifference(error, margin);
      // statsmodels looks for a zero, to some 1e-8, and counts the other tail.
      near([found.detectable, found.casesForMargin], [detectable, cases], 1e-5);
      near([found.powerAtMargin, found.powerOfEquivalence], [atMargin, both], 1e-9);
    }
  });

  it("finds with the power that it was asked for, where there are as many cases as it says", () => {
    const { casesForMargin, casesForEquivalence } = powerOfDifference(0.02, 0.01, 0.9);
    near(powerOfDifference(0.02 / Math.sqrt(casesForMargin), 0.01).powerAtMargin, 0.9, 1e-6);
    near(powerOfDifference(0.02 / Math.sqrt(casesForEquivalence), 0.01).powerOfEquivalence, 0.9, 1e-12);
  });

  it("refuses a power that is none", () => {
    for (const power of [0, 1, NaN]) throws(() => powerOfDifference(1, 1, power), { name: "Problem" });
    throws(() => powerOfDifference(0, 1), { name: "Problem" });
    throws(() => powerOfDifference(1, 0), { name: "Problem" });
  });
});
