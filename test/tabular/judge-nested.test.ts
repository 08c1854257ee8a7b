import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { judgeNested } from "../../lib/tabular/judge-nested";
import type { NestedRow } from "../../lib/tabular/nested-rows";

const row = (arm: string, fold: number, search: number, ...areas: number[]): NestedRow => ({
  ...{ arm, fold, search, areas, network: "abc", code: [1], parameters: 1, multiplyAdds: 1 },
  ...{ trainings: 1, cpuSeconds: 1, supernetSeconds: 0, protocol: "def", logits: { from: 0, count: 0 } },
});

describe("judgeNested(rows, arm, against)", () => {
  it("pairs winners by outer fold and search, and gives Student's interval, as by hand", () => {
    const rows = [
      ...[row("a", 1, 1, 0.8, 0.82), row("b", 1, 1, 0.8), row("a", 2, 1, 0.9), row("b", 2, 1, 0.87)],
      ...[row("a", 3, 1, 0.7), row("b", 3, 1, 0.68), row("a", 4, 1, 0.9)],
    ];
    const { difference, interval, pairs, equivalent } = judgeNested(rows, "a", "b");
    // Differences .01, .03 and .02: their standard deviation is .01, and t of two degrees of freedom 4.3027.
    ok(Math.abs(difference - 0.02) < 1e-12);
    ok(Math.abs(interval![1] - (0.02 + (4.302653 * 0.01) / Math.sqrt(3))) < 1e-7);
    deepEqual([pairs, equivalent], [3, false]);
  });

  it("says where both are as good, and refuses arms without a pair", () => {
    const equal2 = [1, 2, 3].flatMap((fold) => [row("a", fold, 1, 0.8 + fold / 1e4), row("b", fold, 1, 0.8)]);
    equal(judgeNested(equal2, "a", "b").equivalent, true);
    equal(judgeNested(equal2.slice(0, 2), "a", "b").interval, null);
    throws(() => judgeNested(equal2, "a", "c"), /have no search on the same outer fold/);
  });
});
