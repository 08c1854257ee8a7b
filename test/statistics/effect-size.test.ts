import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { pairedEffectSize, pairedProportionDifference } from "../../lib/statistics/effect-size";
import { inference, near } from "./recorded/read";

const counts = (both: number, onlyFirst: number, onlySecond: number, neither: number) => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
});

describe("pairedEffectSize(differences)", () => {
  it("gives the mean in deviations, and corrects it as SciPy's gamma function says", () => {
    const { cohensD, hedgesG } = pairedEffectSize(inference.resampledTTest.differences);
    near([cohensD!, hedgesG!], [inference.effect.cohensD, inference.effect.cohensD * inference.effect.correction]);
  });

  it("corrects by about 1 - 3 / (4 df - 1)", () => {
    const { cohensD, hedgesG } = pairedEffectSize(Array.from({ length: 31 }, (_, index) => index % 4));
    near(hedgesG! / cohensD!, 1 - 3 / (4 * 30 - 1), 1e-4);
  });

  it("is 0 for no difference, and not defined, with a reason, where all are equal or two", () => {
    deepEqual(pairedEffectSize([0, 0]), { cohensD: 0, hedgesG: 0, reason: null });
    const equalOnes = pairedEffectSize([0.2, 0.2, 0.2]);
    deepEqual([equalOnes.cohensD, equalOnes.hedgesG], [null, null]);
    match(equalOnes.reason!, /All differences are 0.2/);
    const two = pairedEffectSize([0, 2]);
    near(two.cohensD!, 1 / Math.SQRT2);
    deepEqual(two.hedgesG, null);
    match(two.reason!, /two pairs/);
  });

  it("refuses other input", () => {
    throws(() => pairedEffectSize([1]), /expected at least 2/);
    throws(() => pairedEffectSize([1, NaN]), /is NaN/);
  });
});

describe("pairedProportionDifference(counts, confidence)", () => {
  for (const [both, onlyFirst, onlySecond, neither, ...expected] of inference.newcombe) {
    it(`gives what Newcombe's formulas give for ${both}, ${onlyFirst}, ${onlySecond}, ${neither}`, () => {
      const { difference, low, high } = pairedProportionDifference(counts(both, onlyFirst, onlySecond, neither));
      near([difference, low, high], expected, 1e-12);
    });
  }

  it("gives the published interval of a small trial", () => {
    // Bentur et al. 2009, in Fagerland, Lydersen and Laake, Statistics in Medicine 33:2850-2875, 2014.
    const { low, high } = pairedProportionDifference(counts(1, 1, 7, 12));
    near([low, high], [-0.507, -0.026], 0.0005);
  });

  it("turns its sign with the order", () => {
    const one = pairedProportionDifference(counts(40, 12, 3, 45));
    const other = pairedProportionDifference(counts(40, 3, 12, 45));
    near([one.difference, one.low, one.high], [-other.difference, -other.high, -other.low], 1e-14);
  });

  it("has a width where the two never disagree, and stays within -1 to 1", () => {
    const { difference, low, high } = pairedProportionDifference(counts(10, 0, 0, 0));
    equal(difference, 0);
    ok(low < -0.1 && high > 0.1);
    const extreme = pairedProportionDifference(counts(0, 5, 0, 0));
    deepEqual([extreme.difference, extreme.high], [1, 1]);
    ok(extreme.low > 0);
  });

  it("refuses other input", () => {
    throws(() => pairedProportionDifference(counts(0, 0, 0, 0)), /All four counts are 0/);
    throws(() => pairedProportionDifference(counts(1, -1, 0, 0)), /onlyFirst is -1/);
    throws(() => pairedProportionDifference(counts(1, 1, 0, 0), 95), /The confidence is 95/);
  });
});
