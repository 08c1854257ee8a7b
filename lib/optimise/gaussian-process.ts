import { CholeskyDecomposition, Matrix } from "ml-matrix";

import { Problem } from "../runtime/problem";

/** How a Gaussian process takes points for alike. */
export interface ProcessSettings {
  /** How far values hold in each column of the inputs, above 0. */
  readonly lengths: readonly number[];
  /** The variance of what the process describes, above 0. */
  readonly signal: number;
  /** The variance of what it does not: of noise, above 0. */
  readonly noise: number;
}

/** What a Gaussian process says of a place: without the noise of a single observation. */
export interface Prediction {
  readonly mean: number;
  /** From 0. */
  readonly variance: number;
}

/** A Gaussian process that has seen values. */
export interface GaussianProcess {
  readonly settings: ProcessSettings;
  /** The logarithm of how likely the values were. */
  readonly logLikelihood: number;
  /** Predicts single places. */
  readonly predict: (inputs: readonly (readonly number[])[]) => Prediction[];
  /** Predicts the mean over places, in whose variance it counts that they vary together. */
  readonly predictMean: (inputs: readonly (readonly number[])[]) => Prediction;
}

/**
 * Fits a Gaussian process of mean 0 with a Matérn kernel of 5/2 and a length for each column to values (Rasmussen and Williams, "Gaussian
 * processes for machine learning", 2006, algorithm 2.1).
 *
 * @param inputs Rows of numbers, all as long as `settings.lengths`.
 * @param values A value for each row, about of mean 0 and variance 1.
 * @throws {Problem} Where the rows are so alike and the noise so small that they cannot be told apart.
 */
export function fitProcess(
  inputs: readonly (readonly number[])[],
  values: readonly number[],
  settings: ProcessSettings,
): GaussianProcess {
  const { lengths, signal, noise } = settings;
  const scaled = inputs.map((row) => scale(row, lengths));
  const covariance = covarianceOf(scaled, scaled, signal);
  for (let row = 0; row < inputs.length; row++) covariance.set(row, row, signal + noise);
  const decomposition = new CholeskyDecomposition(covariance);
  if (!decomposition.isPositiveDefinite()) {
    throw new Problem(
      `A Gaussian process cannot tell ${inputs.length} observations apart by a noise of ${noise}.`,
      "Give a larger noise.",
    );
  }
  const lower = decomposition.lowerTriangularMatrix;
  const solved = decomposition.solve(Matrix.columnVector([...values]));
  const fit = values.reduce((sum, value, row) => sum + value * solved.get(row, 0), 0);
  const determinant = lower.diagonal().reduce((sum, one) => sum + Math.log(one), 0);
  const count = values.length;
  const at = (places: readonly (readonly number[])[]) => {
    const own = places.map((row) => scale(row, lengths));
    const between = covarianceOf(scaled, own, signal);
    return { own, mean: between.transpose().mmul(solved), rest: solveLower(lower, between) };
  };
  return {
    settings,
    logLikelihood: -fit / 2 - determinant - (count * Math.log(2 * Math.PI)) / 2,
    predict(places) {
      const { mean, rest } = at(places);
      return places.map((_, column) => {
        let known = 0;
        for (let row = 0; row < count; row++) known += rest.get(row, column) ** 2;
        return { mean: mean.get(column, 0), variance: Math.max(0, signal - known) };
      });
    },
    predictMean(places) {
      const { own, mean, rest } = at(places);
      const all = covarianceOf(own, own, signal).sum();
      let known = 0;
      for (let row = 0; row < count; row++) known += rest.getRow(row).reduce((sum, one) => sum + one, 0) ** 2;
      return { mean: mean.mean(), variance: Math.max(0, all - known) / places.length ** 2 };
    },
  };
}

function scale(row: readonly number[], lengths: readonly number[]): number[] {
  return row.map((value, column) => value / lengths[column]!);
}

function covarianceOf(
  rows: readonly (readonly number[])[],
  columns: readonly (readonly number[])[],
  signal: number,
): Matrix {
  const covariance = new Matrix(rows.length, columns.length);
  rows.forEach((one, row) => {
    columns.forEach((other, column) => {
      covariance.set(row, column, signal * matern(one, other));
    });
  });
  return covariance;
}

// (1 + √5 d + 5 d² / 3) e^(−√5 d)
function matern(one: readonly number[], other: readonly number[]): number {
  let square = 0;
  for (let column = 0; column < one.length; column++) square += (one[column]! - other[column]!) ** 2;
  const distance = Math.sqrt(5 * square);
  return (1 + distance + distance ** 2 / 3) * Math.exp(-distance);
}

function solveLower(lower: Matrix, right: Matrix): Matrix {
  const solved = right.clone();
  for (let column = 0; column < solved.columns; column++)
    for (let row = 0; row < solved.rows; row++) {
      let rest = solved.get(row, column);
      for (let before = 0; before < row; before++) rest -= lower.get(row, before) * solved.get(before, column);
      solved.set(row, column, rest / lower.get(row, row));
    }
  return solved;
}
