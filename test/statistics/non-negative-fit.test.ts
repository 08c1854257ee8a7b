import { deepEqual, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { fitNonNegative } from "../../lib/statistics/non-negative-fit";

describe("fitNonNegative(rows, values)", () => {
  it("finds coefficients that the values were made with, where none is negative", () => {
    const random = createRandom(1);
    const rows = Array.from({ length: 40 }, () => [1, random.uniform(), random.uniform(), random.uniform()]);
    const made = [0.5, 2, 0, 3];
    const values = rows.map((row) => row.reduce((sum, value, column) => sum + value * made[column]!, 0));
    fitNonNegative(rows, values).forEach((value, column) => {
      ok(Math.abs(value - made[column]!) < 1e-6, `${value} is not ${made[column]!}`);
    });
  });

  it("fulfils the conditions of the least: no slope where a coefficient is above 0, none downwards where it is 0", () => {
    const random = createRandom(2);
    const rows = Array.from({ length: 30 }, () => Array.from({ length: 6 }, () => random.normal()));
    const values = rows.map(() => random.normal());
    const coefficients = fitNonNegative(rows, values);
    const left = rows.map(
      (row, index) => values[index]! - row.reduce((sum, value, k) => sum + value * coefficients[k]!, 0),
    );
    ok(coefficients.includes(0) && coefficients.some((value) => value > 0));
    coefficients.forEach((coefficient, k) => {
      const slope = rows.reduce((sum, row, index) => sum + row[k]! * left[index]!, 0);
      ok(coefficient > 0 ? Math.abs(slope) < 1e-6 : slope <= 1e-6, `column ${k}: ${coefficient}, slope ${slope}`);
    });
  });

  it("gives 0 for a column of zeros, and refuses rows of different lengths", () => {
    deepEqual(fitNonNegative([[0], [0]], [1, 2]), [0]);
    throws(() => fitNonNegative([[1, 2], [1]], [1, 2]), /1 numbers, expected 2 finite/);
    throws(() => fitNonNegative([[1], [Number.NaN]], [1, 2]), /finite/);
    throws(() => fitNonNegative([[1]], [1, 2]), /rows/);
  });
});
