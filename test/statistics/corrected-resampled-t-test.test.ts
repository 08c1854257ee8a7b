import { deepEqual, equal, match, throws } from "node:assert/strict";

import { correctedResampledTTest } from "../../lib/statistics/corrected-resampled-t-test";
import { inference, near } from "./recorded/read";

const { differences, values } = inference.resampledTTest;
const sizes = { trainSize: 120, testSize: 30 };

describe("correctedResampledTTest(options)", () => {
  it("gives what the formula gives with SciPy's t", () => {
    const { mean, standardError, t, p, low, high, degreesOfFreedom } = correctedResampledTTest({
      differences,
      ...sizes,
    });
    near([mean, standardError, t!, p!, low!, high!], values, 1e-12);
    equal(degreesOfFreedom, 4);
  });

  it("is the usual t-test where nothing was tested on, and less sure with larger test sets", () => {
    // With 5 differences and folds of a fifth the error grows by √(1 + 5/4).
    const usual = correctedResampledTTest({ differences, trainSize: 1e15, testSize: 1 });
    const corrected = correctedResampledTTest({ differences, ...sizes });
    near(corrected.standardError / usual.standardError, 1.5, 1e-6);
  });

  it("says that equal differences do not tell how they vary", () => {
    const equalOnes = correctedResampledTTest({ differences: [0.1, 0.1, 0.1], ...sizes });
    deepEqual([equalOnes.mean, equalOnes.t, equalOnes.p, equalOnes.low, equalOnes.high], [0.1, null, null, null, null]);
    match(equalOnes.reason!, /All differences are 0.1/);
    equal(correctedResampledTTest({ differences: [0, 0], ...sizes }).p, 1);
  });

  it("refuses other input", () => {
    throws(() => correctedResampledTTest({ differences: [1], ...sizes }), /expected at least 2/);
    throws(() => correctedResampledTTest({ differences: [1, NaN], ...sizes }), /is NaN/);
    throws(
      () => correctedResampledTTest({ differences, trainSize: 0, testSize: 1 }),
      /trainSize: 0, expected a number above 0/,
    );
    throws(() => correctedResampledTTest({ differences, trainSize: 1, testSize: NaN }), /testSize: NaN/);
    throws(
      () => correctedResampledTTest({ differences, ...sizes, confidence: 95 }),
      /confidence: 95, expected a number between 0 and 1/,
    );
    throws(() => correctedResampledTTest({ differences, ...sizes, level: 1 } as never), /has no option "level"/);
  });
});
