import { equal, ok } from "node:assert/strict";

import { expectedImprovement } from "../../lib/optimise/expected-improvement";
import { recorded } from "./recorded/read";

describe("expectedImprovement(prediction, best)", () => {
  it("is what SciPy's normal distribution makes of the formula", () => {
    for (const { expected, best, ...prediction } of recorded.improvements) {
      const found = expectedImprovement(prediction, best);
      ok(Math.abs(found - expected) <= 1e-13 + 1e-6 * expected, `${found}, expected ${expected}`);
    }
  });

  it("is the lead where nothing is uncertain, and 0 where that is none", () => {
    equal(expectedImprovement({ mean: 3, variance: 0 }, 1), 2);
    equal(expectedImprovement({ mean: 1, variance: 0 }, 3), 0);
  });
});
