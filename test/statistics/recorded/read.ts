import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What NumPy, SciPy and scikit-learn computed; record.py beside it says how. */
export interface Recorded {
  readonly regressions: readonly {
    readonly name: string;
    readonly features: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly weights: readonly number[] | null;
    readonly C: number | null;
    readonly standardisedCoefficients: readonly number[];
    readonly probabilities: readonly number[];
  }[];
  readonly crossValidation: {
    readonly folds: readonly number[];
    readonly probabilities: readonly number[];
    readonly accuracies: readonly number[];
    readonly areas: readonly number[];
    readonly accuracy: readonly [mean: number, deviation: number];
    readonly area: readonly [mean: number, deviation: number];
  };
  readonly area: { readonly scores: readonly number[]; readonly labels: readonly number[]; readonly area: number };
  readonly summary: {
    readonly values: readonly number[];
    readonly others: readonly number[];
    readonly mean: number;
    readonly deviations: readonly [number, number];
    readonly median: number;
    readonly quantiles: readonly (readonly [share: number, value: number])[];
    readonly correlation: number;
  };
  readonly wilson: readonly (readonly [
    successes: number,
    trials: number,
    confidence: number,
    low: number,
    high: number,
  ])[];
  readonly normal: readonly (readonly [share: number, value: number])[];
}

/** The recorded values. */
export const recorded = JSON.parse(readFileSync(join(__dirname, "values.json"), "utf8")) as Recorded;

/**
 * Asserts that numbers are those recorded, but for rounding.
 *
 * @param found The numbers.
 * @param expected Those recorded.
 * @param tolerance The most that one may differ, as a share of the recorded one where that is above 1.
 */
export function near(found: number | readonly number[], expected: number | readonly number[], tolerance = 1e-13): void {
  const [a, b] = [[found].flat(), [expected].flat()];
  ok(a.length === b.length, `${a.length} numbers, expected ${b.length}`);
  a.forEach((value, index) => {
    const difference = Math.abs(value - b[index]!);
    ok(difference <= tolerance * Math.max(1, Math.abs(b[index]!)), `${index}: ${value}, expected ${b[index]}`);
  });
}
