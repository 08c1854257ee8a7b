import { mean, standardDeviation } from "../statistics/summary";
import type { Estimate } from "./estimate";
import { measureNames, type MeasureName } from "./measures";

/** Mean and spread of a measure over folds or over seeds. */
export interface Spread {
  /** The mean; each fold or seed counts once, however many images it has. */
  readonly mean: number;
  /** The standard deviation of just these numbers (ddof 0), as NumPy computes it. */
  readonly deviation: number;
  readonly count: number;
  /** How many folds or seeds were left out, because the measure is not defined there. */
  readonly leftOut: number;
}

/** The spread of one measure. */
export interface MeasureSpread {
  /** Over folds, each the mean over its seeds; null with one fold, or where none has a value. */
  readonly folds: Spread | null;
  /** Over seeds, each pooled over its folds; null with one seed, or where none has a value. */
  readonly seeds: Spread | null;
}

/** What is spread: the measures of one fold and seed, or of one seed. */
interface Measured {
  readonly fold: string | null;
  readonly seed: number | null;
  readonly measures: Readonly<Record<MeasureName, Estimate>>;
}

/**
 * Measures how far measures differ between folds and between seeds.
 *
 * @param seeds What was measured of each seed.
 */
export function spreadOf(folds: readonly Measured[], seeds: readonly Measured[]): Record<MeasureName, MeasureSpread> {
  const names = [...new Set(folds.map(({ fold }) => fold))];
  const entries = measureNames.map((name): [MeasureName, MeasureSpread] => {
    const values = (list: readonly Measured[]) => list.map(({ measures }) => measures[name].value);
    const ofFolds = names.map((fold) => meanOf(values(folds.filter((one) => one.fold === fold))));
    return [name, { folds: summarise(ofFolds), seeds: summarise(values(seeds)) }];
  });
  return Object.fromEntries(entries) as Record<MeasureName, MeasureSpread>;
}

function meanOf(values: readonly (number | null)[]): number | null {
  const defined = definedOf(values);
  return defined.length < values.length ? null : mean(defined);
}

function summarise(values: readonly (number | null)[]): Spread | null {
  const defined = definedOf(values);
  if (values.length < 2 || defined.length === 0) return null;
  return {
    mean: mean(defined),
    deviation: standardDeviation(defined, 0),
    count: defined.length,
    leftOut: values.length - defined.length,
  };
}

function definedOf(values: readonly (number | null)[]): number[] {
  return values.flatMap((value) => (value === null ? [] : [value]));
}
