import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength } from "./check-numbers";

/** When a sweep over all columns changes the fitted values by no more than this part of the largest, it is done. */
const enough = 1e-10;

/** Sweeps at most. */
const mostSweeps = 20_000;

/**
 * Fits a linear regression without an intercept whose coefficients are at least 0: the squared errors are least. By coordinate descent,
 * which converges to the least, as the problem is convex (Franc, Hlaváč and Navara, "Sequential coordinate-wise algorithm for the
 * non-negative least squares problem", CAIP 2005).
 *
 * @param rows What is known of each thing: `[rows, columns]`.
 * @param values What is to be fitted, one a row.
 * @returns The coefficient of each column.
 * @throws {Problem} Where there are no rows, they differ in length, or a number is not finite.
 */
export function fitNonNegative(rows: readonly (readonly number[])[], values: readonly number[]): number[] {
  checkNumbers("values", values);
  checkSameLength("rows", rows.length, "values", values.length);
  const count = rows[0]!.length;
  const odd = rows.find((row) => row.length !== count || !row.every(Number.isFinite));
  if (odd !== undefined || count === 0)
    throw new Problem(
      `A row of a regression has ${odd?.length ?? 0} numbers, expected ${Math.max(1, count)} finite ones.`,
      "Give each row the same columns.",
    );
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => row[column]!));
  const lengths = columns.map((column) => column.reduce((sum, value) => sum + value ** 2, 0));
  const coefficients = columns.map(() => 0);
  const left = [...values];
  const largest = Math.max(...values.map(Math.abs), Number.MIN_VALUE);
  for (let sweep = 0, moved = Infinity; sweep < mostSweeps && moved > enough * largest; sweep++) {
    moved = 0;
    columns.forEach((column, place) => {
      if (lengths[place] === 0) return;
      const slope = column.reduce((sum, value, row) => sum + value * left[row]!, 0) / lengths[place]!;
      const next = Math.max(0, coefficients[place]! + slope);
      const step = next - coefficients[place]!;
      if (step === 0) return;
      coefficients[place] = next;
      column.forEach((value, row) => {
        left[row]! -= step * value;
        moved = Math.max(moved, Math.abs(step * value));
      });
    });
  }
  return coefficients;
}
