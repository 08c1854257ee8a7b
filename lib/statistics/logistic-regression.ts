import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";
import * as v from "valibot";

import { passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkSameLength, checkTwoClasses } from "./check-numbers";
import { dot, logistic } from "./logistic";
import { measureColumns, standardise } from "./standardise";

const regressionOptions = v.strictObject({
  /** The rows, each with a number for each column, in any units: `[rows, columns]`. */
  features: passed<readonly (readonly number[])[]>("a list of rows", Array.isArray),
  /** The class of each row: 1 for the one whose probability is wanted, 0 for the other. Both must be there. */
  labels: passed<readonly number[]>("a list of numbers", Array.isArray),
});

/** What a two-class logistic regression is fitted to. @interface */
export type LogisticRegressionOptions = v.InferInput<typeof regressionOptions>;

/** A fitted logistic regression. */
export interface LogisticRegression {
  /** The coefficient of each column, in the columns' own units; 0, but for rounding, where a column does not vary. */
  readonly coefficients: readonly number[];
  /** The logit where all columns are 0. */
  readonly intercept: number;

  /**
   * Computes the probability of class 1.
   *
   * @param features Rows with the same columns: `[rows, columns]`.
   * @returns One probability a row, 0 to 1.
   * @throws {Problem} Where a row has another number of columns, or a number is not finite.
   */
  readonly predict: (features: readonly (readonly number[])[]) => number[];
}

const mostSteps = 100;

/**
 * Fits a two-class logistic regression by Newton's method, which is iteratively reweighted least squares (McCullagh and
 * Nelder, Generalized Linear Models, 1989), until a step changes no coefficient by more than 10⁻⁸. Columns are standardised
 * first. What is minimised is the sum of the rows' losses plus half the sum of the squared coefficients of the standardised
 * columns; the intercept is not penalised. It gives what scikit-learn's `make_pipeline(StandardScaler(), LogisticRegression())`
 * converges to.
 *
 * Columns that depend on each other are no obstacle: among equal solutions, the one with the smallest coefficients is taken.
 *
 * @throws {Problem} Where one class is absent or a number is not finite.
 */
export function fitLogisticRegression(options: LogisticRegressionOptions): LogisticRegression {
  const { features, labels } = checkOptions("fitLogisticRegression", regressionOptions, options);
  checkSameLength("labels", labels.length, "rows of features", features.length);
  checkTwoClasses(labels);

  const standardisation = measureColumns(features);
  const rows = standardise(features, standardisation);
  const basis = independentDirections(rows);
  const whitened = rows.map((row) => [1, ...basis.map(({ vector }) => dot(row, vector))]);
  const solution = minimise(whitened, labels, [0, ...basis.map(({ variance }) => 1 / variance)]);

  const slopes = rows[0]!.map((_, column) =>
    basis.reduce((sum, { vector }, index) => sum + solution[index + 1]! * vector[column]!, 0),
  );
  const { means, deviations } = standardisation;
  const coefficients = slopes.map((slope, column) => slope / deviations[column]!);
  return {
    coefficients,
    intercept: solution[0]! - dot(coefficients, means),
    predict: (given) => standardise(given, standardisation).map((row) => logistic(solution[0]! + dot(row, slopes))),
  };
}

/** A direction in the space of the columns, scaled so that the rows have the variance 1 along it. */
interface Direction {
  readonly vector: readonly number[];
  readonly variance: number;
}

// The principal axes of the rows, without those along which they do not vary: there, nothing could be fitted.
function independentDirections(rows: readonly (readonly number[])[]): Direction[] {
  const width = rows[0]!.length;
  const covariance = Matrix.zeros(width, width);
  for (const row of rows) {
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        covariance.set(a, b, covariance.get(a, b) + (1 / rows.length) * (row[a]! * row[b]!));
      }
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const least = 1e-12 * Math.max(...realEigenvalues);
  return realEigenvalues.flatMap((variance, index) =>
    variance > least
      ? [{ variance, vector: eigenvectorMatrix.getColumn(index).map((value) => value / Math.sqrt(variance)) }]
      : [],
  );
}

// Minimises the sum of losses plus half the sum of penalty × coefficient².
function minimise(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  penalties: readonly number[],
): readonly number[] {
  const lossAt = (at: readonly number[]) =>
    rows.reduce((sum, row, index) => {
      const margin = labels[index] === 1 ? dot(row, at) : -dot(row, at);
      // log(1 + exp(-margin)), without overflow.
      return sum + (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    }, 0) + penalties.reduce((sum, penalty, index) => sum + (penalty * at[index]! ** 2) / 2, 0);

  let at: readonly number[] = penalties.map(() => 0);
  let loss = lossAt(at);
  for (let steps = 1; steps <= mostSteps; steps++) {
    const step = newtonStep(rows, labels, penalties, at);
    if (step === null) break;
    // Far from the minimum a whole step can lead uphill; halves of it do not.
    let part = 1;
    let next = at;
    let nextLoss = Infinity;
    for (; part > 1e-9; part /= 2) {
      next = at.map((value, index) => value - part * step[index]!);
      nextLoss = lossAt(next);
      if (nextLoss <= loss + 1e-13 * Math.abs(loss)) break;
    }
    if (part <= 1e-9) break;
    at = next;
    loss = nextLoss;
    if (step.every((change, index) => Math.abs(change) <= 1e-8 * Math.max(1, Math.abs(at[index]!)))) return at;
  }
  throw new Problem(
    `The logistic regression found no end in ${mostSteps} steps.`,
    "Look at its features: some may be of a size with which numbers lose their digits.",
  );
}

// Solves Hessian × step = gradient; null where the Hessian has become singular.
function newtonStep(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  penalties: readonly number[],
  at: readonly number[],
): number[] | null {
  const width = penalties.length;
  const gradient = penalties.map((penalty, index) => penalty * at[index]!);
  const hessian = Matrix.diag([...penalties]);
  rows.forEach((row, index) => {
    const logit = dot(row, at);
    const slope = logistic(logit) - labels[index]!;
    const curvature = logistic(logit) * logistic(-logit);
    for (let a = 0; a < width; a++) {
      gradient[a]! += slope * row[a]!;
      for (let b = 0; b < width; b++) hessian.set(a, b, hessian.get(a, b) + curvature * (row[a]! * row[b]!));
    }
  });
  const cholesky = new CholeskyDecomposition(hessian);
  return cholesky.isPositiveDefinite() ? cholesky.solve(Matrix.columnVector(gradient)).getColumn(0) : null;
}
