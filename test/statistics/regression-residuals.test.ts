import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { kendallTau } from "../../lib/statistics/kendall-tau";
import { regressionResiduals } from "../../lib/statistics/regression-residuals";

describe("regressionResiduals(values, columns)", () => {
  it("leaves what is at right angles to the columns and has the mean 0", () => {
    const random = createRandom(4);
    const columns = [0, 1].map(() => Array.from({ length: 50 }, () => random.normal()));
    const values = columns[0]!.map((first, row) => 3 + 2 * first - columns[1]![row]! + random.normal());
    const residuals = regressionResiduals(values, columns);
    for (const column of [...columns, columns[0]!.map(() => 1)])
      ok(Math.abs(column.reduce((sum, value, row) => sum + value * residuals[row]!, 0)) < 1e-9);
    ok(residuals.some((value) => Math.abs(value) > 0.1));
  });

  it("takes away a correlation that size alone makes, and keeps one that is beyond it", () => {
    const random = createRandom(5);
    const size = Array.from({ length: 400 }, () => random.normal());
    const skill = size.map(() => random.normal());
    const alike = [0, 1].map(() => size.map((value) => value + random.normal()));
    const skilled = [0, 1].map(() => size.map((value, row) => value + skill[row]! + random.normal()));
    const partial = (lists: readonly number[][]) =>
      kendallTau(regressionResiduals(lists[0]!, [size]), regressionResiduals(lists[1]!, [size])).value;
    ok(kendallTau(alike[0]!, alike[1]!).value > 0.25);
    ok(Math.abs(partial(alike)) < 0.08);
    ok(partial(skilled) > 0.25);
  });

  it("bears columns that do not vary or repeat each other", () => {
    const near = (values: readonly number[]) => values.map((value) => Number(value.toFixed(9)) + 0);
    const once = regressionResiduals([1, 2, 4], [[1, 2, 3]]);
    const repeated = [
      [1, 2, 3],
      [2, 4, 6],
      [5, 5, 5],
    ];
    deepEqual(near(regressionResiduals([1, 2, 4], repeated)), near(once));
    deepEqual(near(regressionResiduals([1, 2, 6], [])), [-2, -1, 3]);
  });

  it("refuses columns of another length", () => {
    throws(() => regressionResiduals([1, 2], [[1]]), /values in a column/);
  });
});
