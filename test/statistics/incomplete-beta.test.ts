import { deepEqual, equal, throws } from "node:assert/strict";

import { betaQuantile, incompleteBeta, logGamma } from "../../lib/statistics/incomplete-beta";
import { inference, near } from "./recorded/read";

describe("logGamma(x)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [x, value] of inference.gamma) near(logGamma(x), value, 1e-14);
  });

  it("is the logarithm of factorials", () => {
    let factorial = 1;
    for (let n = 1; n < 20; n++) near(Math.exp(logGamma(n + 1)) / (factorial *= n), 1, 1e-13);
  });

  it("refuses what is not above 0", () => {
    for (const wrong of [0, -1, NaN]) throws(() => logGamma(wrong), { name: "Problem" });
  });
});

describe("incompleteBeta(x, a, b)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [x, a, b, value] of inference.beta) near(incompleteBeta(x, a, b) / value, 1, 2e-12);
  });

  it("is the binomial's tail", () => {
    // At least 3 of 5 at 0.3: 10 · 0.3³ · 0.7² + 5 · 0.3⁴ · 0.7 + 0.3⁵.
    near(incompleteBeta(0.3, 3, 3), 10 * 0.3 ** 3 * 0.7 ** 2 + 5 * 0.3 ** 4 * 0.7 + 0.3 ** 5, 1e-14);
  });

  it("is 0 and 1 at the ends, and symmetric", () => {
    deepEqual([incompleteBeta(0, 2, 3), incompleteBeta(1, 2, 3)], [0, 1]);
    near(incompleteBeta(0.2, 2, 3) + incompleteBeta(0.8, 3, 2), 1, 1e-14);
  });

  it("refuses other input", () => {
    for (const [x, a, b] of [
      [-0.1, 1, 1],
      [NaN, 1, 1],
      [1.1, 1, 1],
      [0.5, 0, 1],
      [0.5, 1, 0],
      [0.5, 1, -1],
      [0.5, Infinity, 1],
      [0.5, 1, Infinity],
    ] as const) {
      throws(() => incompleteBeta(x, a, b), { name: "Problem" });
    }
  });
});

describe("betaQuantile(probability, a, b)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [probability, a, b, value] of inference.betaQuantiles) {
      near(betaQuantile(probability, a, b) / value, 1, 1e-13);
    }
  });

  it("is 0 and 1 at the ends", () => {
    equal(betaQuantile(0, 2, 3), 0);
    equal(betaQuantile(1, 2, 3), 1);
  });

  it("refuses other input", () => {
    throws(() => betaQuantile(1.1, 1, 1), /at the probability 1.1/);
    throws(() => betaQuantile(-0.1, 1, 1), /at the probability -0.1/);
    throws(() => betaQuantile(0.5, -1, 1), /shapes of a beta distribution are -1 and 1/);
  });
});
