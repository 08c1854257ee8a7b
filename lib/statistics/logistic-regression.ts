import { CholeskyDecomposition, EigenvalueDecomposition, Matrix } from "ml-matrix";
import * as v from "valibot";

import { passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";
import { measureColumns, standardise, type Standardisation } from "./standardise";

const regressionOptions = v.strictObject({
  /** The rows, each with a number for each column, in any units: `[rows, columns]`. */
  features: passed<readonly (readonly number[])[]>("a list of rows", Array.isArray),
  /** The class of each row: 1 for the one whose probability is wanted, 0 for the other. Both must be there. */
  labels: passed<readonly number[]>("a list of numbers", Array.isArray),
  /** How much each row counts, from 0; undefined, the default: each 1. */
  weights: v.optional(passed<readonly number[]>("a list of numbers", Array.isArray)),
  /**
   * Inverse of the penalty's strength, above 0, as in scikit-learn: what is minimised is C times the sum of the rows' losses
   * plus half the sum of the squared coefficients of the standardised columns. The intercept is not penalised. Infinity: no
   * penalty. Default: 1.
   */
  C: v.optional(
    passed<number>("a number above 0, or Infinity for no penalty", (given) => typeof given === "number" && given > 0),
    1,
  ),
});

/** What a two-class logistic regression is fitted to, and how. @interface */
export type LogisticRegressionOptions = v.InferInput<typeof regressionOptions>;

/** A fitted logistic regression. */
export interface LogisticRegression {
  /** The coefficient of each column, in the columns' own units; 0, but for rounding, where a column does not vary. */
  readonly coefficients: readonly number[];
  /** The logit where all columns are 0. */
  readonly intercept: number;
  /** The coefficient of each standardised column, by which columns can be compared. */
  readonly standardisedCoefficients: readonly number[];
  /** The means and deviations by which the columns were standardised: those of the rows it was fitted to. */
  readonly standardisation: Standardisation;
  readonly steps: number;

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
 * first. It gives what scikit-learn's `make_pipeline(StandardScaler(), LogisticRegression(C=C))` converges to.
 *
 * Columns that depend on each other are no obstacle: among equal solutions, the one with the smallest coefficients is taken.
 *
 * @throws {Problem} Where one class is absent, a number is not finite, or, without penalty, the classes can be told apart
 *   without error, so that the coefficients would grow without end.
 */
export function fitLogisticRegression(options: LogisticRegressionOptions): LogisticRegression {
  const { features, labels, weights, C } = checkOptions("fitLogisticRegression", regressionOptions, options);
  checkSameLength("labels", labels.length, "rows of features", features.length);
  checkTwoClasses(labels);
  const counts = weights ?? labels.map(() => 1);
  checkWeights(counts, labels);

  const standardisation = measureColumns(features, counts);
  const rows = standardise(features, standardisation);
  const basis = independentDirections(rows, counts);
  const whitened = rows.map((row) => [1, ...basis.map(({ vector }) => dot(row, vector))]);
  const penalties = [0, ...basis.map(({ variance }) => 1 / (variance * C))];
  const { solution, steps } = minimise(whitened, labels, counts, penalties);

  const standardisedCoefficients = rows[0]!.map((_, column) =>
    basis.reduce((sum, { vector }, index) => sum + solution[index + 1]! * vector[column]!, 0),
  );
  const { means, deviations } = standardisation;
  const coefficients = standardisedCoefficients.map((coefficient, column) => coefficient / deviations[column]!);
  return {
    coefficients,
    intercept: solution[0]! - dot(coefficients, means),
    standardisedCoefficients,
    standardisation,
    steps,
    predict: (given) =>
      standardise(given, standardisation).map((row) => logistic(solution[0]! + dot(row, standardisedCoefficients))),
  };
}

function checkWeights(weights: readonly number[], labels: readonly number[]): void {
  checkNumbers("weights", weights);
  checkSameLength("weights", weights.length, "labels", labels.length);
  const negative = weights.findIndex((weight) => weight < 0);
  if (negative >= 0) {
    throw new Problem(`Weight ${negative}, counted from 0, is ${weights[negative]}.`, "Give weights from 0.");
  }
  for (const one of [0, 1]) {
    if (!weights.some((weight, index) => weight > 0 && labels[index] === one)) {
      throw new Problem(
        `All rows of class ${one} have the weight 0; both classes are needed.`,
        "Give them some weight.",
      );
    }
  }
}

/** A direction in the space of the columns, scaled so that the rows have the variance 1 along it. */
interface Direction {
  readonly vector: readonly number[];
  readonly variance: number;
}

// The principal axes of the rows, without those along which they do not vary: there, nothing could be fitted.
function independentDirections(rows: readonly (readonly number[])[], weights: readonly number[]): Direction[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const width = rows[0]!.length;
  const covariance = Matrix.zeros(width, width);
  rows.forEach((row, index) => {
    for (let a = 0; a < width; a++) {
      for (let b = 0; b < width; b++) {
        covariance.set(a, b, covariance.get(a, b) + (weights[index]! / total) * (row[a]! * row[b]!));
      }
    }
  });
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true });
  const least = 1e-12 * Math.max(...realEigenvalues);
  return realEigenvalues.flatMap((variance, index) =>
    variance > least
      ? [{ variance, vector: eigenvectorMatrix.getColumn(index).map((value) => value / Math.sqrt(variance)) }]
      : [],
  );
}

// Minimises the weighted sum of losses plus half the sum of penalty × coefficient².
function minimise(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  penalties: readonly number[],
): { solution: readonly number[]; steps: number } {
  const lossAt = (at: readonly number[]) =>
    rows.reduce((sum, row, index) => {
      const margin = labels[index] === 1 ? dot(row, at) : -dot(row, at);
      // log(1 + exp(-margin)), without overflow.
      return sum + weights[index]! * (Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin))));
    }, 0) + penalties.reduce((sum, penalty, index) => sum + (penalty * at[index]! ** 2) / 2, 0);

  let at: readonly number[] = penalties.map(() => 0);
  let loss = lossAt(at);
  for (let steps = 1; steps <= mostSteps; steps++) {
    const step = newtonStep(rows, labels, weights, penalties, at);
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
    if (step.every((change, index) => Math.abs(change) <= 1e-8 * Math.max(1, Math.abs(at[index]!)))) {
      return { solution: at, steps };
    }
  }
  throw new Problem(
    `The logistic regression found no end in ${mostSteps} steps: its classes can be told apart without error, at least in part, and the coefficients grow without end.`,
    "Give a smaller C: 1 is the default.",
  );
}

// Solves Hessian × step = gradient; null where the Hessian has become singular.
function newtonStep(
  rows: readonly (readonly number[])[],
  labels: readonly number[],
  weights: readonly number[],
  penalties: readonly number[],
  at: readonly number[],
): number[] | null {
  const width = penalties.length;
  const gradient = penalties.map((penalty, index) => penalty * at[index]!);
  const hessian = Matrix.diag([...penalties]);
  rows.forEach((row, index) => {
    const logit = dot(row, at);
    const slope = weights[index]! * (logistic(logit) - labels[index]!);
    const curvature = weights[index]! * logistic(logit) * logistic(-logit);
    for (let a = 0; a < width; a++) {
      gradient[a]! += slope * row[a]!;
      for (let b = 0; b < width; b++) hessian.set(a, b, hessian.get(a, b) + curvature * (row[a]! * row[b]!));
    }
  });
  const cholesky = new CholeskyDecomposition(hessian);
  if (!cholesky.isPositiveDefinite()) return null;
  // At the start all pivots are equal, but for the penalty. Where one has all but vanished, nothing holds its direction.
  const pivots = cholesky.lowerTriangularMatrix.diagonal().map((value) => value * value);
  if (Math.min(...pivots) < 1e-12 * Math.max(...pivots) && penalties.every((penalty) => penalty === 0)) return null;
  return cholesky.solve(Matrix.columnVector(gradient)).getColumn(0);
}

function logistic(logit: number): number {
  // Each form keeps its digits on its own side of 0.
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

function dot(first: readonly number[], second: readonly number[]): number {
  return first.reduce((sum, value, index) => sum + value * second[index]!, 0);
}
