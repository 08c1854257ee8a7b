import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { kendallTau } from "../../lib/statistics/kendall-tau";
import { rankCorrelation } from "../../lib/statistics/rank-correlation";
import { spearmanCorrelation } from "../../lib/statistics/spearman-correlation";
import { inference } from "./recorded/read";

const { first, second } = inference.ranks[7]!;
const random = () => createRandom(1);
const options = () => ({ random: random(), replicates: 400 });

describe("rankCorrelation(first, second, options)", () => {
  it("gives both correlations with intervals around them", () => {
    const found = rankCorrelation(first, second, options());
    equal(found.count, first.length);
    for (const [own, alone] of [
      [found.kendall, kendallTau(first, second)],
      [found.spearman, spearmanCorrelation(first, second)],
    ] as const) {
      deepEqual([own.value, own.p], [alone.value, alone.p]);
      ok(own.low! < own.value! && own.value! < own.high!);
    }
    deepEqual([found.meaningful, found.warning], [true, null]);
    deepEqual(rankCorrelation(first, second, options()), found);
  });

  it("holds the true correlation about as often as it says", () => {
    const source = createRandom(12);
    let held = 0;
    for (let round = 0; round < 150; round++) {
      const a = Array.from({ length: 40 }, () => source.normal());
      const b = a.map((one) => one + source.normal());
      const { kendall } = rankCorrelation(a, b, { random: source.split(round), replicates: 200 });
      // Tau of this normal distribution is 1/2.
      if (kendall.low! <= 0.5 && kendall.high! >= 0.5) held++;
    }
    ok(held / 150 > 0.87, `${held} of 150`);
  });

  it("warns where the interval holds 0", () => {
    const found = rankCorrelation([1, 2, 3, 4, 5, 6, 7, 8], [4, 1, 8, 3, 6, 2, 7, 5], options());
    ok(found.kendall.low! < 0 && found.kendall.high! > 0);
    equal(found.meaningful, false);
    match(found.warning!, /holds 0/);
  });

  it("has no interval for a perfect order, and does not trust it where pairs are few", () => {
    const four = rankCorrelation([1, 2, 3, 4], [1, 2, 3, 4], options());
    deepEqual([four.kendall.value, four.kendall.low, four.kendall.high, four.meaningful], [1, null, null, false]);
    match(four.warning!, /Too few pairs/);
    const eight = [1, 2, 3, 4, 5, 6, 7, 8];
    const found = rankCorrelation(eight, eight, options());
    deepEqual([found.kendall.low, found.meaningful, found.warning], [null, true, null]);
  });

  it("has null and a reason where there is nothing to correlate", () => {
    const three = rankCorrelation([1, 2, 3], [1, 3, 2], options());
    deepEqual([three.kendall.low, three.meaningful], [null, false]);
    ok(three.kendall.value! > 0.3);
    match(three.warning!, /3 pairs only/);
    const constant = rankCorrelation([1, 1, 1, 1, 1], [1, 2, 3, 4, 5], options());
    deepEqual([constant.kendall.value, constant.spearman.p, constant.meaningful], [null, null, false]);
    match(constant.warning!, /All values of a list are equal/);
    match(rankCorrelation([1], [1], options()).warning!, /one pair only/);
  });

  it("refuses other input", () => {
    throws(() => rankCorrelation([], [], options()), /There are 0 values/);
    throws(() => rankCorrelation([1, NaN], [1, 2], options()), /is NaN/);
    throws(() => rankCorrelation([1, 2], [1], options()), /There are 1 values in the second list/);
    throws(
      () => rankCorrelation(first, second, { ...options(), confidence: 2 }),
      /confidence: 2, expected a number between 0 and 1/,
    );
    throws(() => rankCorrelation(first, second, { ...options(), seed: 2 } as never), /has no option "seed"/);
  });

  it("trusts a clear correlation downwards as one upwards", () => {
    const rising = Array.from({ length: 30 }, (_, index) => index + 6 * Math.sin(index * 2));
    const found = rankCorrelation(
      rising.map((value) => -value),
      rising.map((_, index) => index),
      options(),
    );
    ok(found.kendall.value! < -0.5 && found.kendall.high! < 0);
    deepEqual([found.meaningful, found.warning], [true, null]);
  });

  it("has no interval for two pairs, and says so", () => {
    match(rankCorrelation([1, 2], [2, 1], options()).warning!, /2 pairs only/);
  });
});
