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
  // Columns at right angles: one that does not vary, or repeats others, has nothing left and takes nothing away.
  const basis: number[][] = [];
  for (const column of [values.map(() => 1), ...columns]) {
    // Twice, for what rounding leaves of the first time.
    const left = without(without(column, basis), basis);
    const length = Math.sqrt(inner(left, left));
    if (length > 1e-10 * Math.sqrt(inner(column, column))) basis.push(left.map((value) => value / length));
  }
  return without(without(values, basis), basis);
}

function without(values: readonly number[], basis: readonly (readonly number[])[]): number[] {
  return basis.reduce<number[]>(
    (left, direction) => {
      const share = inner(left, direction);
      return left.map((value, row) => value - share * direction[row]!);
    },
    [...values],
  );
}

function inner(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, row) => sum + value * b[row]!, 0);
}
