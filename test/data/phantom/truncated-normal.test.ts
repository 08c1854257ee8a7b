import { equal, ok, throws } from "node:assert/strict";

import { drawTruncatedNormal, logDensityOf } from "../../../lib/data/phantom/truncated-normal";
import { createRandom } from "../../../lib/runtime/random";

/** Mean, deviation, low, high, a value, and its log density and the mean by SciPy 1.17.1's truncnorm. */
const recorded = [
  [0.2, 0.17, 0, 0.7, 0.05, 0.5931002545721817, 0.23761440590294997],
  [0.2, 0.17, 0, 0.7, 0.7, -3.3428859045973662, 0.23761440590294997],
  [-6, 6.5, -28, 11, 10, -5.815502148650307, -6.076748227032061],
  [0.65, 0.14, 0.45, 1.5, 1.2, -6.590008924773523, 0.6718008549177452],
  [0, 1, -10, 10, 3, -5.418938533204672, 0],
] as const;

describe("logDensityOf(distribution)", () => {
  it("is what SciPy computes", () => {
    for (const [mean, deviation, low, high, value, expected] of recorded) {
      const density = logDensityOf({ mean, deviation, low, high })(value);
      ok(Math.abs(density - expected) < 1e-12, `${density}, expected ${expected}`);
    }
  });

  it("is minus infinity outside of the range", () => {
    const density = logDensityOf({ mean: 0.5, deviation: 1, low: 0, high: 1 });
    equal(density(-0.001), -Infinity);
    equal(density(1.001), -Infinity);
    ok(Number.isFinite(density(0)) && Number.isFinite(density(1)));
  });
});

describe("drawTruncatedNormal(distribution, random)", () => {
  it("stays within the range and has the mean that SciPy computes", () => {
    for (const [mean, deviation, low, high, , , expected] of recorded) {
      const random = createRandom(1);
      const values = Array.from({ length: 5000 }, () => drawTruncatedNormal({ mean, deviation, low, high }, random));
      ok(values.every((value) => value >= low && value <= high));
      const found = values.reduce((sum, value) => sum + value, 0) / values.length;
      // Four standard errors; cutting makes the deviation smaller.
      ok(Math.abs(found - expected) < (4 * deviation) / Math.sqrt(5000), `${found}, expected ${expected}`);
    }
  });

  it("refuses what would never come to an end, or is no distribution", () => {
    const draw = (mean: number, deviation: number) =>
      drawTruncatedNormal({ mean, deviation, low: 0, high: 1 }, createRandom(1));
    throws(() => draw(40, 1), /mean 40, deviation 1 and range 0 to 1, expected a mean within the range/);
    throws(() => draw(0.5, 0), /deviation 0 /);
    throws(() => draw(NaN, 1), /mean NaN/);
  });
});
