import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength } from "./check-numbers";

/** The centre and the scale of each column of a table, by which other rows are brought to the same scale. */
export interface Standardisation {
  readonly means: readonly number[];
  /** The standard deviation of each column, divided by the number of rows (ddof 0); 1 for a column that does not vary. */
  readonly deviations: readonly number[];
}

/**
 * Measures by which means and deviations a table is standardised, as scikit-learn's StandardScaler does.
 *
 * @param features The rows, each with a number for each column: `[rows, columns]`.
 * @throws {Problem} Where rows differ in length, or a number is not finite.
 */
export function measureColumns(features: readonly (readonly number[])[]): Standardisation {
  checkFeatures(features);
  const columns = features[0]!.map((_, column) => features.map((row) => row[column]!));
  const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const means = columns.map(average);
  const deviations = columns.map((values, column) => {
    const centre = means[column]!;
    const deviation = Math.sqrt(average(values.map((value) => (value - centre) ** 2)));
    // The mean of equal numbers is off by some rounding, which must not be taken for a spread.
    return deviation > 1e-14 * Math.abs(centre) ? deviation : 1;
  });
  return { means, deviations };
}

/**
 * Brings rows to the scale of a standardisation.
 *
 * @param features The rows: `[rows, columns]`.
 * @throws {Problem} Where a row has another number of columns, or a number is not finite.
 */
export function standardise(features: readonly (readonly number[])[], by: Standardisation): number[][] {
  checkFeatures(features, by.means.length);
  return features.map((row) => row.map((value, column) => (value - by.means[column]!) / by.deviations[column]!));
}

function checkFeatures(features: readonly (readonly number[])[], columns = features[0]?.length ?? 0): void {
  if (features.length > 0 && columns === 0) {
    throw new Problem("The features have no columns.", "Give each row at least one number.");
  }
  features.forEach((row, index) => {
    checkSameLength(`numbers in row ${index} of the features, counted from 0,`, row.length, "columns", columns);
    checkNumbers(`features in row ${index}, counted from 0`, row);
  });
}
