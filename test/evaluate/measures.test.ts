import { deepEqual, equal, ok } from "node:assert/strict";

import { countDecisions, measureCases, measureNames, measureTitles } from "../../lib/evaluate/measures";
import { casesOf } from "./example";

const near = (found: number | null, expected: number) => {
  ok(found !== null && Math.abs(found - expected) < 1e-12, `${found}, expected ${expected}`);
};

describe("measureCases(cases)", () => {
  it("gives what pencil and paper give", () => {
    // Decided at 0.5: two hits, one miss, one alarm, two rightly benign.
    const measures = measureCases(casesOf([1, 1, 1, 0, 0, 0], [0.9, 0.6, 0.2, 0.8, 0.4, 0.1]));
    near(measures.accuracy.value, 4 / 6);
    near(measures.sensitivity.value, 2 / 3);
    near(measures.specificity.value, 2 / 3);
    near(measures.precision.value, 2 / 3);
    near(measures.f1.value, 2 / 3);
    near(measures.mcc.value, (2 * 2 - 1) / 9);
    // Of 9 pairs, 0.9 wins 3, 0.6 wins 2, 0.2 wins 1.
    near(measures.areaUnderCurve.value, 6 / 9);
    near(measures.averagePrecision.value, (1 + 2 / 3 + 3 / 5) / 3);
    near(measures.brierScore.value, (0.01 + 0.16 + 0.64 + 0.64 + 0.16 + 0.01) / 6);
    near(measures.logLoss.value, -Math.log(0.9 * 0.6 * 0.2 * 0.2 * 0.6 * 0.9) / 6);
    near(measures.expectedCalibrationError.value, (0.1 + 0.4 + 0.8 + 0.8 + 0.4 + 0.1) / 6);
    deepEqual(Object.keys(measures).sort(), [...measureNames].sort());
  });

  it("says why a measure is not defined, and gives the others", () => {
    const benign = measureCases(casesOf([0, 0], [0.1, 0.2]));
    for (const name of ["areaUnderCurve", "averagePrecision", "sensitivity", "balancedAccuracy", "mcc"] as const) {
      equal(benign[name].value, null, name);
      ok((benign[name].reason ?? "").length > 5, name);
    }
    equal(benign.areaUnderCurve.reason, "All 2 cases are benign.");
    equal(benign.accuracy.value, 1);
    near(benign.brierScore.value, 0.025);
    equal(measureCases(casesOf([1, 1], [0.1, 0.2])).areaUnderCurve.reason, "All 2 cases are malignant.");
  });
});

describe("countDecisions(cases)", () => {
  it("counts decisions by each case's own threshold", () => {
    const cases = casesOf([1, 0], [0.4, 0.4]).map((one, index) => ({
      ...one,
      decision: index === 0 ? (1 as const) : (0 as const),
    }));
    deepEqual(countDecisions(cases), { truePositive: 1, falsePositive: 0, trueNegative: 1, falseNegative: 0 });
  });
});

describe("measureTitles", () => {
  it("names every measure differently", () => {
    equal(new Set(measureNames.map((name) => measureTitles[name])).size, measureNames.length);
  });
});
