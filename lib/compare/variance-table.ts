import type { TableCell } from "../display/table";
import type { Evaluation } from "../evaluate/evaluation";
import { patientOf } from "../evaluate/predictions";
import { clusteredAreas } from "../statistics/clustered-areas";
import { varianceComponents, type CrossedValue } from "../statistics/variance-components";

/** One source of the variance of the area in a fold. */
export interface AreaComponent {
  /** The factors whose levels it goes with: `["fold"]`, `["patient", "model"]`. */
  readonly factors: readonly string[];
  /** The estimated variance, from 0; a negative estimate is 0. */
  readonly variance: number;
  /** Its share of the sum of all, 0 to 1. */
  readonly share: number;
  /** Of the spread that it comes from; null for what comes from patients, who are many. */
  readonly degreesOfFreedom: number | null;
}

/** Where the variance of the area in a fold comes from. Plain data. */
export interface AreaVariance {
  /** The factors that were crossed: of model, fold and seed those with several levels. */
  readonly factors: readonly string[];
  /** What models, folds, seeds and their combinations add, and what patients add, by themselves and with each of these. */
  readonly components: readonly AreaComponent[];
  /** What could not be told apart, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Decomposes the variance of areas over models, folds, seeds and patients. Models, folds and seeds are crossed, as each model is trained on
 * each fold with each seed; patients lie within folds and are crossed with models and seeds. What patients add follows from how the areas
 * of a fold vary together over its patients, by Obuchowski's estimator, as in analyses of several readers (Obuchowski and Rockette,
 * Communications in Statistics - Simulation 24:285-308, 1995); it is taken off the components of analysis of variance that hold it: off
 * folds what is common to all networks, off the combinations with folds what is not.
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
  const over = factors.includes("fold") ? patientVariances(evaluations, factors) : null;
  const known = new Map((over ?? []).map((one) => [keyOf(one.factors), one.variance]));
  const own = varianceComponents(crossed).map(({ factors: of, estimate, degreesOfFreedom }) => {
    const held = of.includes("fold") ? (known.get(keyOf(of.filter((factor) => factor !== "fold"))) ?? 0) : 0;
    return { factors: of, variance: Math.max(0, estimate - held), degreesOfFreedom };
  });
  const ofPatients = (over ?? []).map(({ factors: of, variance }) => ({
    factors: ["patient", ...of],
    variance: Math.max(0, variance),
    degreesOfFreedom: null,
  }));
  const components = [...own, ...ofPatients];
  const total = components.reduce((sum, { variance }) => sum + variance, 0);
  return {
    factors,
    components: components.map((one) => ({ ...one, share: total > 0 ? one.variance / total : 0 })),
    notes: [
      ...all
        .filter((factor) => !factors.includes(factor))
        .map((factor) => `There is one ${factor}: what ${factor}s add to the variance is in no number of this study.`),
      ...(over === null ? ["What patients add is part of the other sources: it could not be told apart."] : []),
    ],
  };
}

const keyOf = (factors: readonly string[]) => factors.join(" × ");

// What patients add to the area of a fold, for each set of the other factors that it goes with: the mean over folds. By inclusion and
// exclusion from how areas vary together that share all levels but some.
function patientVariances(
  evaluations: readonly Evaluation[],
  factors: readonly string[],
): { readonly factors: readonly string[]; readonly variance: number }[] | null {
  const others = factors.filter((factor) => factor !== "fold");
  const subsets = others.reduce<string[][]>((sets, factor) => [...sets, ...sets.map((one) => [...one, factor])], [[]]);
  const folds = [...new Set(evaluations.flatMap(({ cases }) => cases.map(({ fold }) => fold)))];
  const perFold = folds.map((fold) => covariancesOf(evaluations, fold, others, subsets));
  if (perFold.some((one) => one === null)) return null;
  const meanOf = (subset: number) => perFold.reduce((sum, one) => sum + one![subset]! / folds.length, 0);
  const means = subsets.map((_, index) => meanOf(index));
  return subsets.map((subset) => ({
    factors: subset,
    variance: subsets.reduce(
      (sum, other, index) =>
        other.every((factor) => subset.includes(factor))
          ? sum + (-1) ** (subset.length - other.length) * means[index]!
          : sum,
      0,
    ),
  }));
}

// The mean covariance over patients of two areas of a fold that agree in exactly the factors of each subset; null where it is unknown.
function covariancesOf(
  evaluations: readonly Evaluation[],
  fold: string,
  others: readonly string[],
  subsets: readonly (readonly string[])[],
): number[] | null {
  const lists = evaluations.flatMap(({ model, cases }) => {
    const own = cases.filter((one) => one.fold === fold);
    return [...new Set(own.map(({ seed }) => seed))].map((seed) => {
      const levels: Readonly<Record<string, string>> = { model, seed: String(seed) };
      return { levels, rows: own.filter((one) => one.seed === seed).sort((a, b) => (a.id < b.id ? -1 : 1)) };
    });
  });
  const first = lists[0]!.rows;
  const same = lists.every(
    ({ rows }) => rows.length === first.length && rows.every(({ id, label }, row) => id === first[row]!.id && label === first[row]!.label), // prettier-ignore
  );
  if (!same) return null;
  const { covariance } = clusteredAreas(
    { labels: first.map(({ label }) => label), groups: first.map(patientOf) },
    lists.map(({ rows }) => rows.map(({ probability }) => probability)),
  );
  if (covariance === null) return null;
  return subsets.map((subset) => {
    let [sum, count] = [0, 0];
    lists.forEach((a, one) => {
      lists.forEach((b, other) => {
        if (!others.every((factor) => (a.levels[factor] === b.levels[factor]) === subset.includes(factor))) return;
        sum += covariance[one]![other]!;
        count++;
      });
    });
    return sum / count;
  });
}

/** Makes a table of components, to be shown by `showTable`: one row a source, the single ones first. */
export function varianceTable({ factors, components }: AreaVariance): Record<string, TableCell>[] {
  return components.map(({ factors: own, variance, share, degreesOfFreedom }) => ({
    source:
      own.length === factors.length && !own.includes("patient") ? `what is left (${own.join(" × ")})` : own.join(" × "),
    "standard deviation": Number(Math.sqrt(variance).toFixed(4)),
    "share of the variance (%)": Math.round(100 * share),
    "degrees of freedom": degreesOfFreedom ?? "many",
  }));
}
