import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { kendallTau, kendallTauOfRows } from "../../lib/statistics/kendall-tau";
import { inference, near } from "./recorded/read";

describe("kendallTau(first, second)", () => {
  for (const [index, { first, second, values }] of inference.ranks.entries()) {
    it(`gives what SciPy gives: list ${index} of ${first.length} pairs`, () => {
      const { value, p } = kendallTau(first, second);
      near(value, values[0]);
      near(p! / values[1], 1, 1e-11);
    });
  }

  it("is the difference of pairs in the same and in the other order, by the definition", () => {
    const random = createRandom(6);
    const [a, b] = [0, 1].map(() => Array.from({ length: 60 }, () => random.integer(0, 12)));
    let [score, first, second] = [0, 0, 0];
    for (let i = 0; i < 60; i++) {
      for (let j = 0; j < i; j++) {
        const [x, y] = [Math.sign(a![i]! - a![j]!), Math.sign(b![i]! - b![j]!)];
        score += x * y;
        first += x * x;
        second += y * y;
      }
    }
    near(kendallTau(a!, b!).value, score / Math.sqrt(first * second));
  });

  it("has the exact p-value of few pairs: the share of orders as far from 0", () => {
    // Of the 24 orders of four, one has the correlation 1 and one -1.
    deepEqual(kendallTau([1, 2, 3, 4], [10, 20, 30, 40]).value, 1);
    near(kendallTau([1, 2, 3, 4], [10, 20, 30, 40]).p!, 2 / 24, 1e-15);
  });

  it("takes thousands of pairs", () => {
    const random = createRandom(1);
    const a = Array.from({ length: 20_000 }, () => random.normal());
    const { value, p } = kendallTau(
      a,
      a.map((one) => one + random.normal()),
    );
    // With correlation ρ = 1/√2, tau is 2/π · asin ρ = 1/2.
    near(value, 0.5, 0.02);
    ok(p! < 1e-100);
  });

  it("refuses other input", () => {
    throws(() => kendallTau([1], [1]), /expected at least 2/);
    throws(() => kendallTau([1, 2], [1, NaN]), /is NaN/);
    throws(() => kendallTau([1, 2, 3], [1, 2]), /There are 2 values in the second list for 3/);
    throws(() => kendallTau([1, 2], [3, 3]), /All values of the second list are 3/);
  });

  it("takes the normal distribution where one list alone has ties, and counts ties of three in both, as SciPy does", () => {
    const tied = kendallTau([1, 2, 3, 4, 5, 6, 7, 8], [1, 1, 2, 4, 3, 6, 5, 7]);
    near(tied.value, 0.836501912571304);
    near(tied.p!, 0.0041367370986766456);
    near(kendallTau([1, 1, 2, 4, 3, 6, 5, 7], [1, 2, 3, 4, 5, 6, 7, 8]).p!, 0.0041367370986766456);
    const threes = kendallTau([1, 1, 1, 2, 3, 3, 3, 4], [2, 2, 2, 1, 4, 4, 4, 3]);
    near(threes.value, 0.45454545454545453);
    near(threes.p!, 0.16551785869746993);
    near(kendallTau([1, 1, 1, 2, 3, 4, 5, 6], [3, 1, 1, 1, 4, 5, 6, 7]).p!, 0.005967799197956415);
  });
});

describe("kendallTauOfRows(first, second)", () => {
  it("is tau of the chosen pairs copied out, with ties and repeats, or null for a constant list", () => {
    const random = createRandom(4);
    const { first, second } = inference.ranks[7]!;
    const tau = kendallTauOfRows(first, second);
    for (let round = 0; round < 20; round++) {
      const rows = first.map(() => random.integer(0, first.length - 1));
      const select = (values: readonly number[]) => rows.map((row) => values[row]!);
      near(tau(rows)!, kendallTau(select(first), select(second)).value);
    }
    equal(tau([3, 3, 3]), null);
    equal(kendallTauOfRows([1, 2], [5, 5])([0, 1]), null);
  });
});
