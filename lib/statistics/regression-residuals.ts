import { Matrix, SVD } from "ml-matrix";

import { checkNumbers, checkSameLength } from "./check-numbers";

/**
 * Takes out of values what a linear regression on columns explains: what is left is correlated where two lists agree beyond what the
 * columns say of both.
 *
 * @param values Finite numbers.
 * @param columns Lists of as many finite numbers each; an intercept is added.
 * @returns The residuals, in the same order; their mean is 0.
 * @throws {Problem} Where a list is empty, of another length, or holds what is not finite.
 */
export function regressionResiduals(values: readonly number[], columns: readonly (readonly number[])[]): number[] {
  checkNumbers("values", values);
  for (const column of columns) {
    checkNumbers("values in a column", column);
    checkSameLength("values in a column", column.length, "values", values.length);
  }
  const design = new Matrix(values.map((_, row) => [1, ...columns.map((column) => column[row]!)]));
  const observed = Matrix.columnVector([...values]);
  // Singular values, so that a column which does not vary, or repeats another one, takes nothing away.
  const fitted = design.mmul(new SVD(design, { autoTranspose: true }).solve(observed));
  return Matrix.sub(observed, fitted).to1DArray();
}
