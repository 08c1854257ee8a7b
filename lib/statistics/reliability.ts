import { Problem } from "../runtime/problem";
import { checkNumbers } from "./check-numbers";
import { mean } from "./summary";

/** How far repeated measurements of the same things agree in what they say of their differences. */
export interface Reliability {
  /** The share of one measurement's variance that is between the things: ICC(C,1). */
  readonly single: number;
  /** The same of the mean over all measurements: ICC(C,k), Cronbach's alpha. */
  readonly mean: number;
  /** The standard deviation between the things, in the measurements' units; 0 where the noise alone is as large. */
  readonly between: number;
  /** The standard deviation of one measurement around its thing and its column. */
  readonly within: number;
}

/**
 * Computes how reliable measurements are of which each thing has the same number: of networks on several folds, for example.
 * What a column has in common, a fold that is harder, does not count (McGraw and Wong, "Forming inferences about some intraclass
 * correlation coefficients", Psychological Methods 1:30-46, 1996; two-way, consistency).
 *
 * @param rows For each thing its measurements: `[things, measurements]`, two of each at least.
 * @returns The reliabilities, 1 at most, and below 0 where things differ less than noise alone would make them.
 * @throws {Problem} Where there are too few, rows differ in length, or a number is not finite.
 */
export function reliability(rows: readonly (readonly number[])[]): Reliability {
  const count = rows[0]?.length ?? 0;
  if (rows.length < 2 || count < 2 || rows.some(({ length }) => length !== count)) {
    throw new Problem(
      `Of ${rows.length} things ${[...new Set(rows.map(({ length }) => length))].join(" or ")} measurements were given, expected equally many of each, two at least of two things.`,
      "Leave out what was not measured as often as the others.",
    );
  }
  for (const row of rows) checkNumbers("measurements", row);
  const columns = Array.from({ length: count }, (_, column) => mean(rows.map((row) => row[column]!)));
  const all = mean(columns);
  const ofThings = rows.map((row) => mean(row));
  const betweenSquare = (count * sumOfSquares(ofThings.map((own) => own - all))) / (rows.length - 1);
  const residuals = rows.flatMap((row, thing) =>
    row.map((value, column) => value - ofThings[thing]! - columns[column]! + all),
  );
  const withinSquare = sumOfSquares(residuals) / ((rows.length - 1) * (count - 1));
  return {
    single: (betweenSquare - withinSquare) / (betweenSquare + (count - 1) * withinSquare),
    mean: (betweenSquare - withinSquare) / betweenSquare,
    between: Math.sqrt(Math.max(0, betweenSquare - withinSquare) / count),
    within: Math.sqrt(withinSquare),
  };
}

/**
 * Says how high Kendall's tau of a perfect score and a label can be that is only so reliable, if both are normal: 2/π · asin √r.
 *
 * @param of The label's reliability; what is below 0 counts as 0.
 * @returns The ceiling, 0 to 1.
 */
export function ceilingOfTau(of: number): number {
  return (2 / Math.PI) * Math.asin(Math.sqrt(Math.min(1, Math.max(0, of))));
}

const sumOfSquares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
