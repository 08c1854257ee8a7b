import { deepEqual, doesNotThrow, equal, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { checkPairs } from "../../lib/statistics/check-numbers";
import { spearmanCorrelation, spearmanCorrelationOfRows } from "../../lib/statistics/spearman-correlation";
import { inference, near } from "./recorded/read";

describe("spearmanCorrelation(first, second)", () => {
  for (const [index, { first, second, values }] of inference.ranks.entries()) {
    it(`gives what SciPy gives: list ${index} of ${first.length} pairs`, () => {
      const { value, p } = spearmanCorrelation(first, second);
      near(value, values[2]);
      if (values[3] === null) equal(p, null);
      else near(p!, values[3], 1e-12);
    });
  }

  it("does not depend on how far apart the values are", () => {
    const { first, second } = inference.ranks[5]!;
    deepEqual(
      spearmanCorrelation(
        first,
        second.map((value) => Math.exp(3 * value)),
      ),
      spearmanCorrelation(first, second),
    );
  });
});

describe("spearmanCorrelationOfRows(first, second)", () => {
  it("is the correlation of the chosen pairs copied out, with ties and repeats, or null for a constant list", () => {
    const random = createRandom(4);
    const { first, second } = inference.ranks[7]!;
    const rho = spearmanCorrelationOfRows(first, second);
    for (let round = 0; round < 20; round++) {
      const rows = first.map(() => random.integer(0, first.length - 1));
      const select = (values: readonly number[]) => rows.map((row) => values[row]!);
      near(rho(rows)!, spearmanCorrelation(select(first), select(second)).value);
    }
    equal(rho([3, 3, 3]), null);
    equal(spearmanCorrelationOfRows([1, 2], [5, 5])([0, 1]), null);
  });
});

describe("checkPairs(first, second)", () => {
  it("refuses what cannot be correlated", () => {
    doesNotThrow(() => {
      checkPairs([1, 2], [2, 2.5]);
    });
    for (const [first, second, message] of [
      [[1], [1], /expected at least 2/],
      [[1, 2], [1, NaN], /second list.*is NaN/],
      [[1, 2, 3], [1, 2], /There are 2 values in the second list/],
      [[4, 4], [1, 2], /All values of the first list are 4/],
    ] as const) {
      throws(() => {
        checkPairs(first, second);
      }, message);
    }
  });
});
