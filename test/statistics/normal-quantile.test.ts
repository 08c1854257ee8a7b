import { equal, throws } from "node:assert/strict";

import { normalQuantile } from "../../lib/statistics/normal-quantile";
import { near, recorded } from "./recorded/read";

describe("normalQuantile(probability)", () => {
  it("gives the numbers that SciPy gives, far into the tails", () => {
    for (const [share, value] of recorded.normal) near(normalQuantile(share), value);
  });

  it("is symmetric", () => {
    equal(normalQuantile(0.25), -normalQuantile(0.75));
    equal(normalQuantile(0.5), 0);
  });

  for (const wrong of [0, 1, -0.1, NaN]) {
    it(`refuses the probability ${wrong}`, () => {
      throws(() => normalQuantile(wrong), { name: "Problem", message: /expected a number between 0 and 1/ });
    });
  }
});
