import { Matrix, SVD } from "ml-matrix";

import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength } from "./check-numbers";
import { mean } from "./summary";

/** A linear regression whose coefficients are held small. */
export interface Ridge {
  /** How strongly, chosen among those that were offered. */
  readonly penalty: number;
  /** The coefficient of each column. */
  readonly coefficients: readonly number[];
  /** Of each row what the regression says that is fitted to all the others. */
  readonly leftOut: readonly number[];

  /**
   * Predicts rows.
   *
   * @param rows `[rows, columns]`.
   * @returns One number a row.
   */
  predict(rows: readonly (readonly number[])[]): number[];
}

/** Penalties that are tried: from hardly any to nearly the mean alone, for columns of 0 and 1. */
const usualPenalties: readonly number[] = [0.5, 1, 2, 4, 8, 16, 32, 64, 128];

/**
 * Fits a ridge regression with an intercept: the squared errors plus the penalty times the squared coefficients are least. The penalty
 * is the one whose predictions of rows left out, one at a time, are best; they follow from a single decomposition (Golub, Heath and
 * Wahba, "Generalized cross-validation", Technometrics 21:215-223, 1979, equation 1.3).
 *
 * @param rows What is known of each thing, in comparable units: `[rows, columns]`, at least two rows.
 * @param values What is to be predicted, one a row.
 * @param penalties The penalties that are tried, above 0; default: 0.5 to 128.
 * @throws {Problem} Where there are too few rows, they differ in length, or a number is not finite.
 */
export function fitRidge(
  rows: readonly (readonly number[])[],
  values: readonly number[],
  penalties: readonly number[] = usualPenalties,
): Ridge {
  checkNumbers("values", values, 2);
  checkSameLength("rows", rows.length, "values", values.length);
  const columns = rows[0]!.length;
  const odd = rows.find((row) => row.length !== columns || !row.every(Number.isFinite));
  if (odd !== undefined || columns === 0)
    throw new Problem(
      `A row of a ridge regression has ${odd?.length ?? 0} finite numbers at most, expected ${Math.max(1, columns)}.`,
      "Give each row the same columns.",
    );
  const centre = Array.from({ length: columns }, (_, column) => mean(rows.map((row) => row[column]!)));
  const level = mean(values);
  const centred = new Matrix(rows.map((row) => row.map((value, column) => value - centre[column]!)));
  const {
    leftSingularVectors: left,
    rightSingularVectors: right,
    diagonal,
  } = new SVD(centred, { autoTranspose: true });
  // The part of the values along each left singular vector.
  const along = diagonal.map((_, k) => values.reduce((sum, value, row) => sum + left.get(row, k) * (value - level), 0));
  const tried = penalties.map((penalty) => {
    const shrunk = diagonal.map((singular) => singular ** 2 / (singular ** 2 + penalty));
    const leftOut = values.map((value, row) => {
      let [fitted, weight] = [level, 1 / values.length];
      shrunk.forEach((share, k) => {
        const component = left.get(row, k);
        fitted += component * share * along[k]!;
        weight += component ** 2 * share;
      });
      return value - (value - fitted) / (1 - weight);
    });
    const error = leftOut.reduce((sum, guess, row) => sum + (guess - values[row]!) ** 2, 0);
    return { penalty, leftOut, error };
  });
  const { penalty, leftOut } = tried.reduce((best, next) => (next.error < best.error ? next : best));
  const coefficients = centre.map((_, column) =>
    diagonal.reduce(
      (sum, singular, k) => sum + right.get(column, k) * (singular / (singular ** 2 + penalty)) * along[k]!,
      0,
    ),
  );
  return {
    ...{ penalty, coefficients, leftOut },
    predict: (others) =>
      others.map((row) =>
        coefficients.reduce((sum, coefficient, column) => sum + coefficient * (row[column]! - centre[column]!), level),
      ),
  };
}
