import { CholeskyDecomposition, Matrix, inverse } from "ml-matrix";

import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";
import { dot, logistic } from "./logistic";
import { twoSidedNormal } from "./normal-probability";

/** What a logistic model explains, and by what. */
export interface LogisticModelOptions {
  /** 0 or 1 for each row; both must be there. */
  readonly labels: readonly number[];
  /** Columns with a number for each row: `[columns][rows]`; none for an intercept alone. */
  readonly columns: readonly (readonly number[])[];
  /** What is added to each row's logit, and not fitted; default: nothing. */
  readonly offset?: readonly number[];
}

/** A logistic model fitted by maximum likelihood. */
export interface LogisticModel {
  /** The logit where all columns are 0, with its standard error. */
  readonly intercept: Coefficient;
  /** The coefficient of each column. */
  readonly coefficients: readonly Coefficient[];
  /** The logarithm of the likelihood, at most 0. */
  readonly logLikelihood: number;
}

/** A coefficient with how sure it is. */
export interface Coefficient {
  readonly value: number;
  readonly standardError: number;
}

const mostSteps = 100;

/**
 * Fits a logistic model without any penalty, for what its coefficients say: calibration, or whether a column adds to others. For
 * predictions see `fitLogisticRegression`, which is held back by a penalty.
 *
 * @returns The model; null where there is none: columns that depend on each other, or that part the classes without error, have no
 *   greatest likelihood.
 * @throws {Problem} Where one class is absent, lists differ in length, or a number is not finite.
 */
export function fitLogisticModel({ labels, columns, offset }: LogisticModelOptions): LogisticModel | null {
  checkTwoClasses(labels);
  for (const column of [...columns, ...(offset === undefined ? [] : [offset])]) {
    checkNumbers("numbers in a column", column);
    checkSameLength("numbers in a column", column.length, "labels", labels.length);
  }
  // Centred and scaled, so that units cost no digits; what comes out is in the columns' own units again.
  const scales = columns.map(scaleOf);
  if (scales.some(({ scale }) => scale === 0)) return null;
  const rows = labels.map((_, row) => [
    1,
    ...columns.map((column, index) => (column[row]! - scales[index]!.centre) / scales[index]!.scale),
  ]);
  const base = offset ?? labels.map(() => 0);
  const width = columns.length + 1;
  let at = new Array<number>(width).fill(0);
  for (let step = 0; step < mostSteps; step++) {
    const { gradient, hessian } = derivativesAt(rows, labels, base, at);
    const cholesky = new CholeskyDecomposition(hessian);
    if (!cholesky.isPositiveDefinite()) return null;
    const change = cholesky.solve(Matrix.columnVector(gradient)).getColumn(0);
    const before = logLikelihoodAt(rows, labels, base, at);
    let part = 1;
    const next = () => at.map((value, index) => value + part * change[index]!);
    while (part > 1e-9 && logLikelihoodAt(rows, labels, base, next()) < before - 1e-12 * Math.abs(before)) part /= 2;
    at = next();
    // Coefficients that run away: the classes are parted without error, and no likelihood is the greatest.
    if (at.some((value) => Math.abs(value) > 1e3)) return null;
    if (change.every((value, index) => Math.abs(value) <= 1e-11 * Math.max(1, Math.abs(at[index]!)))) {
      return toModel(rows, labels, base, at, scales);
    }
  }
  return null;
}

/**
 * Tests whether one more column makes a model better, by the ratio of likelihoods (Wilks, Annals of Mathematical Statistics
 * 9:60-62, 1938). Rows are taken as independent.
 *
 * @returns The two-sided p-value.
 * @throws {Problem} Where the larger model is no better than the smaller by more than rounding can be: it does not hold it.
 */
export function testAddedColumn(smaller: LogisticModel, larger: LogisticModel): number {
  const more = larger.coefficients.length - smaller.coefficients.length;
  const gained = larger.logLikelihood - smaller.logLikelihood;
  if (more !== 1 || gained < -1e-6 * Math.abs(smaller.logLikelihood)) {
    throw new Problem(
      `The larger model has ${more} more columns and a log likelihood that is greater by ${gained}, expected one more column, and a gain.`,
      "Fit both to the same rows, the larger one by the same columns and one more.",
    );
  }
  return twoSidedNormal(Math.sqrt(2 * Math.max(0, gained)));
}

function scaleOf(column: readonly number[]): { centre: number; scale: number } {
  const centre = column.reduce((sum, value) => sum + value, 0) / column.length;
  const scale = Math.sqrt(column.reduce((sum, value) => sum + (value - centre) ** 2, 0) / column.length);
  return { centre, scale: scale > 1e-14 * Math.abs(centre) ? scale : 0 };
}

function derivativesAt(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  base: readonly number[],
  at: readonly number[],
) {
  const gradient = at.map(() => 0);
  const hessian = Matrix.zeros(at.length, at.length);
  rows.forEach((row, index) => {
    const logit = base[index]! + dot(row, at);
    const slope = labels[index]! - logistic(logit);
    const curvature = logistic(logit) * logistic(-logit);
    row.forEach((value, a) => {
      gradient[a]! += slope * value;
      row.forEach((other, b) => hessian.set(a, b, hessian.get(a, b) + curvature * (value * other)));
    });
  });
  return { gradient, hessian };
}

function logLikelihoodAt(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  base: readonly number[],
  at: readonly number[],
): number {
  return rows.reduce((sum, row, index) => {
    const logit = base[index]! + dot(row, at);
    const margin = labels[index] === 1 ? logit : -logit;
    return sum - Math.max(0, -margin) - Math.log1p(Math.exp(-Math.abs(margin)));
  }, 0);
}

function toModel(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  base: readonly number[],
  at: readonly number[],
  scales: readonly { readonly centre: number; readonly scale: number }[],
): LogisticModel {
  const covariance = inverse(derivativesAt(rows, labels, base, at).hessian);
  const coefficients = scales.map(({ scale }, index) => ({
    value: at[index + 1]! / scale,
    standardError: Math.sqrt(covariance.get(index + 1, index + 1)) / scale,
  }));
  // The intercept of the columns' own units is a weighted sum of the centred ones.
  const weights = [1, ...scales.map(({ centre, scale }) => -centre / scale)];
  const variance = weights.reduce(
    (sum, a, i) => sum + weights.reduce((inner, b, j) => inner + a * b * covariance.get(i, j), 0),
    0,
  );
  return {
    intercept: { value: dot(weights, at), standardError: Math.sqrt(variance) },
    coefficients,
    logLikelihood: logLikelihoodAt(rows, labels, base, at),
  };
}
