import { deepEqual, throws } from "node:assert/strict";

import { holm } from "../../lib/statistics/holm";
import { inference, near } from "./recorded/read";

describe("holm(ps)", () => {
  it("gives what statsmodels gives, with ties", () => {
    near(holm(inference.holm.ps), inference.holm.corrected, 1e-14);
  });

  it("leaves one comparison as it is, and none", () => {
    deepEqual(holm([0.03]), [0.03]);
    deepEqual(holm([]), []);
  });

  it("never passes 1, and keeps the order", () => {
    deepEqual(holm([0.6, 0.5]), [1, 1]);
    deepEqual(holm([0.02, 0.01]), [0.02, 0.02]);
  });

  it("refuses what is no p-value", () => {
    throws(() => holm([0.1, 1.5]), /Number 1 of the p-values/);
    throws(() => holm([NaN]), /is NaN/);
  });
});
