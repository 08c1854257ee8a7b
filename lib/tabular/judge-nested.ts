import { Problem } from "../runtime/problem";
import { studentCritical } from "../statistics/student";
import { mean, standardDeviation } from "../statistics/summary";
import type { NestedRow } from "./nested-rows";

/** How the winners of one arm do against those of another, on images that no search has seen. */
export interface NestedOutcome {
  /** The mean difference of the areas, pair by pair: the same outer fold and the same seed of the search. */
  readonly difference: number;
  /** The ends of its 95 % interval, by Student over the pairs; null for one pair. */
  readonly interval: readonly [number, number] | null;
  readonly pairs: number;
  /** Whether the whole interval lies within the margin: both are as good. */
  readonly equivalent: boolean;
}

/** Finds the arms that were searched, the first one first: not the networks that are tested beside them. */
export function armsOf(rows: readonly NestedRow[]): string[] {
  return [...new Set(rows.filter(({ search }) => search !== null).map(({ arm }) => arm))];
}

/** The margin of equivalence, in area. */
const margin = 0.003;

/**
 * Compares the winners of two arms: the outcome of the protocol's step "nested". The seeds of a winner's training are averaged first; pairs
 * of one outer fold share its images, so that the interval is rather too narrow than too wide.
 *
 * @throws {Problem} Where the arms have no pair.
 */
export function judgeNested(rows: readonly NestedRow[], arm: string, against: string): NestedOutcome {
  const of = (name: string) =>
    new Map(
      rows.filter((row) => row.arm === name).map(({ fold, search, areas }) => [`${fold} ${search}`, mean(areas)]),
    );
  const [first, second] = [of(arm), of(against)];
  const differences = [...first].flatMap(([pair, area]) => {
    const other = second.get(pair);
    return other === undefined ? [] : [area - other];
  });
  if (differences.length === 0)
    throw new Problem(
      `The arms "${arm}" and "${against}" have no search on the same outer fold with the same seed.`,
      "Measure the step: npm run search-benchmark -- --step nested.",
    );
  const [difference, pairs] = [mean(differences), differences.length];
  const interval = intervalOfMean(differences);
  return {
    ...{ difference, interval, pairs },
    equivalent: interval !== null && interval[0] > -margin && interval[1] < margin,
  };
}

/** Gives the ends of the 95 % interval of a mean, by Student; null for one value. */
export function intervalOfMean(values: readonly number[]): readonly [number, number] | null {
  if (values.length === 1) return null;
  const half = (studentCritical(0.95, values.length - 1) * standardDeviation(values, 1)) / Math.sqrt(values.length);
  const middle = mean(values);
  return [middle - half, middle + half];
}
