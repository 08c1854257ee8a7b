import { throws } from "node:assert/strict";

import { bothBelow } from "../../lib/statistics/bivariate-normal";
import { lowerNormal } from "../../lib/statistics/normal-probability";
import { near, planning } from "./recorded/read";

describe("bothBelow(first, second, correlation)", () => {
  it("gives what SciPy integrates from the conditional distribution", () => {
    for (const [first, second, correlation, value] of planning.bivariateNormal) {
      near(bothBelow(first, second, correlation), value, 1e-12);
    }
  });

  it("is the product without a correlation, a third at 0 and 0 with one of a half, and the smaller bound's near 1", () => {
    near(bothBelow(0.7, -0.2, 0), lowerNormal(0.7) * lowerNormal(-0.2));
    near(bothBelow(0, 0, 0.5), 1 / 3);
    near(bothBelow(0.4, 1, 0.99999), lowerNormal(0.4), 1e-6);
  });

  it("refuses a correlation of 1 and bounds that are no numbers", () => {
    for (const [first, second, correlation] of [
      [0, 0, 1],
      [0, 0, -1],
      [0, 0, NaN],
      [Infinity, 0, 0.5],
      [0, NaN, 0.5],
    ] as const)
      throws(() => bothBelow(first, second, correlation), { name: "Problem", message: /between -1 and 1/ });
  });
});
