import { Problem } from "../runtime/problem";
import { checkNumbers } from "./check-numbers";

/** A value that was measured once for each combination of crossed factors. */
export interface CrossedValue {
  /** The level of each factor: `{ model: "ENAS", fold: "fold 1", seed: "1" }`. */
  readonly levels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What one source adds to the variance of a single value. */
export interface VarianceComponent {
  /** The factors whose levels it goes with: `["fold"]`, `["model", "fold"]`; all of them for what is left. */
  readonly factors: readonly string[];
  /** Its mean square over that of what is left, times it: as analysis of variance gives it. */
  readonly meanSquare: number;
  readonly degreesOfFreedom: number;
  /** The estimated variance, from 0; a negative estimate is 0. */
  readonly variance: number;
  /** The estimate as it came out, which chance can make negative. */
  readonly estimate: number;
  /** Its share of the sum of all, 0 to 1. */
  readonly share: number;
}

/**
 * Decomposes the variance of values over crossed random factors by analysis of variance (Searle, Casella and McCulloch, Variance
 * Components, 1992, chapter 4): seeds, folds and models, for example. For complete tables, whose estimates are not negative, they are
 * those of restricted maximum likelihood. The last component, of all factors together, holds what is left.
 *
 * @param values One value for each combination of levels, of the same factors each; at least two levels a factor.
 * @returns The components: of single factors, of pairs and so on.
 * @throws {Problem} Where there are none, factors differ, a factor has one level, a combination is missing or is there twice, or a
 *   value is not finite.
 */
export function varianceComponents(values: readonly CrossedValue[]): VarianceComponent[] {
  checkNumbers(
    "values",
    values.map(({ value }) => value),
  );
  const factors = Object.keys(values[0]!.levels);
  const levels = factors.map((factor) => [...new Set(values.map((one) => one.levels[factor] ?? ""))]);
  checkComplete(values, factors, levels);
  const subsets = subsetsOf(factors);
  const counts = new Map(factors.map((factor, index) => [factor, levels[index]!.length]));
  const cells = (subset: readonly string[]) => subset.reduce((product, factor) => product * counts.get(factor)!, 1);
  // The sum of squares of the means over a subset's levels; those of an effect follow by inclusion and exclusion.
  const raw = new Map(subsets.map((subset) => [keyOf(subset), squaresOf(values, subset)]));
  const effects = subsets
    .filter((subset) => subset.length > 0)
    .map((subset) => {
      const within = subsets.filter((other) => other.every((factor) => subset.includes(factor)));
      const squares = within.reduce(
        (sum, other) => sum + (-1) ** (subset.length - other.length) * raw.get(keyOf(other))!,
        0,
      );
      const degreesOfFreedom = subset.reduce((product, factor) => product * (counts.get(factor)! - 1), 1);
      return { factors: subset, degreesOfFreedom, meanSquare: Math.max(0, squares) / degreesOfFreedom };
    });
  // The expected mean square of an effect holds the variances of all effects that contain it: solved from the largest down.
  const estimates = new Map<string, number>();
  for (const { factors: subset, meanSquare } of [...effects].reverse()) {
    const above = effects.filter(
      ({ factors: other }) => other.length > subset.length && subset.every((factor) => other.includes(factor)),
    );
    const others = above.reduce(
      (sum, { factors: other }) => sum + estimates.get(keyOf(other))! * (values.length / cells(other)),
      0,
    );
    estimates.set(keyOf(subset), (meanSquare - others) / (values.length / cells(subset)));
  }
  const variances = effects.map(({ factors: subset }) => Math.max(0, estimates.get(keyOf(subset))!));
  const total = variances.reduce((sum, variance) => sum + variance, 0);
  return effects.map((effect, index) => ({
    ...effect,
    variance: variances[index]!,
    estimate: estimates.get(keyOf(effect.factors))!,
    share: total > 0 ? variances[index]! / total : 0,
  }));
}

function checkComplete(
  values: readonly CrossedValue[],
  factors: readonly string[],
  levels: readonly (readonly string[])[],
): void {
  const alone = levels.findIndex((list) => list.length < 2);
  if (alone >= 0 || factors.length === 0) {
    throw new Problem(
      factors.length === 0
        ? "The values have no factors."
        : `The factor ${factors[alone]!} has one level only, "${levels[alone]![0]!}": what it adds to the variance is unknown.`,
      "Leave it out, or measure at two levels at least.",
    );
  }
  const seen = new Set<string>();
  for (const { levels: own } of values) {
    const key = JSON.stringify(factors.map((factor) => own[factor]));
    const names = Object.keys(own);
    if (names.length !== factors.length || factors.some((factor) => own[factor] === undefined) || seen.has(key)) {
      throw new Problem(
        seen.has(key)
          ? `There are two values for ${factors.map((factor) => own[factor]).join(", ")}.`
          : `A value has the factors ${names.join(", ")}, expected ${factors.join(", ")}.`,
        "Give one value for each combination of the same factors.",
      );
    }
    seen.add(key);
  }
  const expected = levels.reduce((product, list) => product * list.length, 1);
  if (seen.size !== expected) {
    throw new Problem(
      `There are values for ${seen.size} of ${expected} combinations of ${factors.join(", ")}.`,
      "Leave out levels that are not complete.",
    );
  }
}

function subsetsOf(factors: readonly string[]): string[][] {
  return factors
    .reduce<string[][]>((all, factor) => [...all, ...all.map((one) => [...one, factor])], [[]])
    .sort((a, b) => a.length - b.length);
}

const keyOf = (subset: readonly string[]) => subset.join(" × ");

function squaresOf(values: readonly CrossedValue[], subset: readonly string[]): number {
  // From the first value on, so that values far from 0 lose no digits.
  const origin = values[0]!.value;
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { levels, value } of values) {
    const key = JSON.stringify(subset.map((factor) => levels[factor]));
    const { sum, count } = sums.get(key) ?? { sum: 0, count: 0 };
    sums.set(key, { sum: sum + (value - origin), count: count + 1 });
  }
  return [...sums.values()].reduce((total, { sum, count }) => total + sum ** 2 / count, 0);
}
