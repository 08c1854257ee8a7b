import { deepEqual, throws } from "node:assert/strict";

import { Matrix, solve } from "ml-matrix";

import { createRandom } from "../../lib/runtime/random";
import { fitRidge } from "../../lib/statistics/ridge";
import { near as nearOf } from "./recorded/read";

/** Equal but for what solving the equations another way leaves. */
const near = (found: readonly number[], expected: readonly number[]) => {
  nearOf(found, expected, 1e-9);
};

const random = createRandom(7);
const rows = Array.from({ length: 12 }, () => [random.normal(), random.normal(), random.integer(0, 1)]);
const values = rows.map(([a, b, c]) => 1 + 2 * a! - b! + 0.5 * c! + 0.3 * random.normal());

/** The textbook's formula on centred data, with the penalty on all but the intercept. */
function byFormula(given: readonly (readonly number[])[], wanted: readonly number[], penalty: number) {
  const design = new Matrix(given.map((row) => [1, ...row]));
  const ridge = Matrix.diag([0, ...given[0]!.map(() => penalty)]);
  const both = design.transpose().mmul(design).add(ridge);
  const coefficients = solve(both, design.transpose().mmul(Matrix.columnVector([...wanted]))).to1DArray();
  return (row: readonly number[]) =>
    row.reduce((sum, value, index) => sum + value * coefficients[index + 1]!, coefficients[0]!);
}

describe("fitRidge(rows, values)", () => {
  it("gives what the normal equations give, with an intercept that is not held small", () => {
    for (const penalty of [0.1, 3, 40])
      near(fitRidge(rows, values, [penalty]).predict(rows), rows.map(byFormula(rows, values, penalty)));
  });

  it("predicts rows left out as regressions without them do, and takes the best penalty by that", () => {
    const without = (penalty: number) =>
      rows.map((row, index) => {
        const others = <Item>(list: readonly Item[]) => list.filter((_, other) => other !== index);
        return byFormula(others(rows), others(values), penalty)(row);
      });
    const error = (guesses: readonly number[]) =>
      guesses.reduce((sum, guess, row) => sum + (guess - values[row]!) ** 2, 0);
    near(fitRidge(rows, values, [3]).leftOut, without(3));
    const { penalty } = fitRidge(rows, values, [0.01, 1, 100]);
    const errors = [0.01, 1, 100].map((each) => error(without(each)));
    deepEqual([0.01, 1, 100].indexOf(penalty), errors.indexOf(Math.min(...errors)));
  });

  it("bears more columns than rows, and columns that do not vary", () => {
    const wide = rows.slice(0, 3).map((row) => [...row, ...row, 1]);
    near(fitRidge(wide, values.slice(0, 3), [2]).predict(wide), wide.map(byFormula(wide, values.slice(0, 3), 2)));
  });

  it("refuses rows of different lengths and numbers that are not finite", () => {
    throws(() => fitRidge([[1], [1, 2]], [1, 2]), /2 finite numbers at most, expected 1/);
    throws(() => fitRidge([[1], [Number.NaN]], [1, 2]), /ridge regression/);
    throws(() => fitRidge([[1], [2]], [1]), /values/);
  });

  it("takes the last penalty, or one in the middle, where that predicts best", () => {
    const noise = createRandom(11);
    const useless = rows.map(() => noise.normal());
    deepEqual(fitRidge(rows, useless, [0.01, 1, 1000]).penalty, 1000);
    deepEqual(fitRidge(rows, values, [1000, 0.3, 100]).penalty, 0.3);
  });

  it("refuses rows without columns", () => {
    throws(() => fitRidge([[], []], [1, 2]), /0 finite numbers at most, expected 1/);
    throws(
      () =>
        fitRidge(
          [
            [1, Number.NaN],
            [1, 2],
          ],
          [1, 2],
        ),
      /ridge regression/,
    );
  });
});
