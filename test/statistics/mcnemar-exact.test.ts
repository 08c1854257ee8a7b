import { deepEqual, equal, match, throws } from "node:assert/strict";

import { mcnemarExact } from "../../lib/statistics/mcnemar-exact";
import { inference, near } from "./recorded/read";

describe("mcnemarExact(onlyFirst, onlySecond, confidence)", () => {
  for (const [onlyFirst, onlySecond, p, low, high] of inference.mcnemar) {
    it(`gives what statsmodels and SciPy give for ${onlyFirst} and ${onlySecond}`, () => {
      const found = mcnemarExact(onlyFirst, onlySecond);
      near(found.p, p, 1e-12);
      near(found.oddsRatio.low!, low, 1e-10);
      if (high === null) {
        deepEqual([found.oddsRatio.value, found.oddsRatio.high], [null, null]);
        match(found.oddsRatio.reason!, /no upper bound/);
      } else {
        near([found.oddsRatio.value!, found.oddsRatio.high!], [onlyFirst / onlySecond, high], 1e-10);
        equal(found.oddsRatio.reason, null);
      }
    });
  }

  it("is the chance of a coin's tosses", () => {
    // At most one head in five tosses, twice: 2 · (1 + 5) / 32.
    near(mcnemarExact(1, 4).p, 12 / 32, 1e-14);
  });

  it("says that nothing tells apart two that never disagree", () => {
    const { p, oddsRatio } = mcnemarExact(0, 0);
    deepEqual([p, oddsRatio.value, oddsRatio.low, oddsRatio.high], [1, null, null, null]);
    match(oddsRatio.reason!, /nothing tells them apart/);
  });

  it("refuses what are no counts", () => {
    throws(() => mcnemarExact(-1, 2), /onlyFirst is -1/);
    throws(() => mcnemarExact(1, 2.5), /onlySecond is 2.5/);
    throws(() => mcnemarExact(1, 2, 1), /The confidence is 1/);
  });
});
