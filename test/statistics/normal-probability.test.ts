import { equal, throws } from "node:assert/strict";

import { twoSidedNormal } from "../../lib/statistics/normal-probability";
import { normalQuantile } from "../../lib/statistics/normal-quantile";
import { inference, near } from "./recorded/read";

describe("twoSidedNormal(z)", () => {
  it("gives the numbers that SciPy gives, with as many digits far out", () => {
    for (const [z, p] of inference.normal) near(twoSidedNormal(z) / p, 1, 1e-13);
  });

  it("is symmetric, and 0 where it is too small for a double", () => {
    equal(twoSidedNormal(-1.3), twoSidedNormal(1.3));
    equal(twoSidedNormal(60), 0);
    equal(twoSidedNormal(-Infinity), 0);
  });

  it("is undone by the quantile", () => {
    for (const p of [1e-12, 0.003, 0.05, 0.4]) near(twoSidedNormal(normalQuantile(p / 2)) / p, 1, 1e-12);
  });

  it("refuses NaN", () => {
    throws(() => twoSidedNormal(NaN), { name: "Problem" });
  });
});
