import type { TableCell } from "../display/table";
import type { Evaluation } from "../evaluate/evaluation";
import { varianceComponents, type CrossedValue, type VarianceComponent } from "../statistics/variance-components";

/** Where the variance of the area in a fold comes from. Plain data. */
export interface AreaVariance {
  /** The factors that were crossed: of model, fold and seed those with several levels. */
  readonly factors: readonly string[];
  readonly components: readonly VarianceComponent[];
  /** What could not be told apart, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Decomposes the variance of areas over models, folds and seeds, which are crossed: each model is trained on each fold with each seed.
 * What patients add to the variance of a fold's area is part of the folds' share and of what is left: no patient is tested in two folds.
 *
 * @param evaluations The models' evaluations, of the same folds and seeds.
 * @returns The components; null where fewer than two factors have several levels, or an area is not defined.
 * @throws {Problem} Where a model lacks a fold or a seed that others have.
 */
export function areaVariance(evaluations: readonly Evaluation[]): AreaVariance | null {
  const values = evaluations.flatMap(({ model, folds }) =>
    folds.map(({ fold, seed, measures }): { levels: Readonly<Record<string, string>>; value: number | null } => ({
      levels: { model, fold: fold ?? "", seed: String(seed) },
      value: measures.areaUnderCurve.value,
    })),
  );
  const all = ["model", "fold", "seed"];
  const factors = all.filter((factor) => new Set(values.map(({ levels }) => levels[factor])).size > 1);
  if (factors.length < 2 || values.some(({ value }) => value === null)) return null;
  const crossed = values.map(({ levels, value }): CrossedValue => ({
    levels: Object.fromEntries(factors.map((factor) => [factor, levels[factor]!])),
    value: value!,
  }));
  return {
    factors,
    components: varianceComponents(crossed),
    notes: all
      .filter((factor) => !factors.includes(factor))
      .map((factor) => `There is one ${factor}: what ${factor}s add to the variance is in no number of this study.`),
  };
}

/** Makes a table of components, to be shown by `showTable`: one row a source, the single ones first. */
export function varianceTable({ factors, components }: AreaVariance): Record<string, TableCell>[] {
  return components.map(({ factors: own, variance, share, degreesOfFreedom }) => ({
    source: own.length === factors.length ? `what is left (${own.join(" × ")})` : own.join(" × "),
    "standard deviation": Number(Math.sqrt(variance).toFixed(4)),
    "share of the variance (%)": Math.round(100 * share),
    "degrees of freedom": degreesOfFreedom,
  }));
}
