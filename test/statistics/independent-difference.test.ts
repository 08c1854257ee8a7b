import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { independentDifference } from "../../lib/statistics/independent-difference";
import { wilsonInterval } from "../../lib/statistics/summary";
import { near } from "./recorded/read";

describe("independentDifference(first, second)", () => {
  it("gives Newcombe's published intervals of two independent proportions", () => {
    // Newcombe, Statistics in Medicine 17:873-890, 1998, table II, method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20.
    const published: [number, number, number, number, number, number][] = [
      [56, 70, 48, 80, 0.0524, 0.3339],
      [9, 10, 3, 10, 0.1705, 0.809],
      [10, 10, 0, 20, 0.6791, 1],
    ];
    for (const [right, of, others, among, low, high] of published) {
      const value = (count: number, total: number) => ({ value: count / total, ...wilsonInterval(count, total) });
      const found = independentDifference(value(right, of), value(others, among));
      near([found.difference], [right / of - others / among], 1e-12);
      near([found.low, found.high], [low, high], 5e-5);
    }
  });

  it("is the sum of variances where both intervals are even, and turns with the order", () => {
    const [a, b] = [{ value: 0.9, low: 0.84, high: 0.96 }, { value: 0.8, low: 0.72, high: 0.88 }]; // prettier-ignore
    const found = independentDifference(a, b);
    near([found.difference, found.low, found.high], [0.1, 0, 0.2], 1e-12);
    const turned = independentDifference(b, a);
    near([turned.difference, turned.low, turned.high], [-0.1, -0.2, 0], 1e-12);
  });

  it("holds the true difference about as often as it says", () => {
    const random = createRandom(5);
    const draw = (share: number, of: number) => {
      const count = Array.from({ length: of }, () => random.uniform()).filter((one) => one < share).length;
      return { value: count / of, ...wilsonInterval(count, of) };
    };
    const held = Array.from({ length: 2000 }, () => independentDifference(draw(0.9, 80), draw(0.75, 60))).filter(
      ({ low, high }) => low <= 0.15 && 0.15 <= high,
    ).length;
    ok(held / 2000 > 0.935 && held / 2000 < 0.97, String(held / 2000));
  });

  it("refuses values without intervals", () => {
    const good = { value: 0.5, low: 0.4, high: 0.6 };
    for (const bad of [
      { ...good, low: NaN },
      { ...good, value: 0.7 },
      { ...good, high: Infinity },
    ])
      for (const pair of [
        [good, bad],
        [bad, good],
      ] as const)
        // prettier-ignore
        throws(() => independentDifference(pair[0], pair[1]), { name: "Problem", message: /within/ });
    deepEqual(independentDifference(good, good).difference, 0);
  });
});
