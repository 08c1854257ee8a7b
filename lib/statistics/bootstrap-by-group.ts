import { Problem } from "../runtime/problem";
import { checkConfidence } from "./check-numbers";
import { resampleGroups, type ResampleOptions } from "./resample-groups";
import { quantile } from "./summary";

/**
 * Anything that is computed from some of the rows.
 *
 * @param rows Row numbers, repeated where a group was drawn repeatedly. Not to be kept or changed.
 * @returns The number; null where it is not defined for these rows.
 */
export type RowStatistic = (rows: readonly number[]) => number | null;

/** What is resampled, what is measured, and how sure the intervals are to be. */
export interface BootstrapOptions<Name extends string> extends ResampleOptions {
  /** What is measured, by names of the caller's. */
  readonly statistics: Readonly<Record<Name, RowStatistic>>;
  /** How often such intervals hold the true value, between 0 and 1; default: 0.95. */
  readonly confidence?: number;
}

/** A number with its bootstrap interval. */
export interface BootstrapInterval {
  /** The statistic of all rows; null where it is not defined. */
  readonly estimate: number | null;
  /** The lower end of the interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null where there is none. */
  readonly high: number | null;
  readonly replicates: number;
  /** For how many of them the statistic is not defined; the interval comes from the others. */
  readonly undefinedReplicates: number;
  /** Why there is no interval, as a sentence; null where there is one. */
  readonly reason: string | null;
}

/**
 * Computes the intervals of statistics from the same replicates, by a bootstrap that draws whole groups, patients for example,
 * so that images of one patient are not taken for independent. The interval goes from percentile to percentile of the
 * replicates (Efron, "Nonparametric standard errors and confidence intervals", Canadian Journal of Statistics 9:139-158, 1981).
 *
 * There is no interval, with a reason, where there is one group only, the statistic of all rows is not defined, or it is not
 * defined for more than half of the replicates.
 *
 * @returns The interval of each statistic by its name.
 * @throws {Problem} Where the options are not such, or a statistic gives NaN or an infinite number.
 */
export function bootstrapByGroup<Name extends string>({
  statistics,
  confidence = 0.95,
  ...resample
}: BootstrapOptions<Name>): Record<Name, BootstrapInterval> {
  checkConfidence(confidence);
  const names = Object.keys(statistics) as Name[];
  const found = names.map((): number[] => []);
  let replicates = 0;
  resampleGroups(resample, (rows) => {
    replicates++;
    names.forEach((name, index) => {
      const value = valueOf(statistics[name], name, rows);
      if (value !== null) found[index]!.push(value);
    });
  });
  const all = resample.groups.map((_, row) => row);
  const groups = new Set(resample.groups).size;
  const intervals = names.map((name, index): [Name, BootstrapInterval] => {
    const values = found[index]!;
    const estimate = valueOf(statistics[name], name, all);
    const reason = reasonAgainst(estimate, groups, values.length, replicates);
    const end = (share: number) => (reason === null ? quantile(values, share) : null);
    const [low, high] = [end((1 - confidence) / 2), end((1 + confidence) / 2)];
    return [name, { estimate, low, high, replicates, undefinedReplicates: replicates - values.length, reason }];
  });
  return Object.fromEntries(intervals) as Record<Name, BootstrapInterval>;
}

function valueOf(statistic: RowStatistic, name: string, rows: readonly number[]): number | null {
  const value = statistic(rows);
  if (value !== null && !Number.isFinite(value)) {
    throw new Problem(
      `The ${name} to be bootstrapped is ${value} for some of the rows, expected a finite number or null.`,
      "Let it give null where it is not defined.",
    );
  }
  return value;
}

function reasonAgainst(estimate: number | null, groups: number, defined: number, replicates: number): string | null {
  if (estimate === null) return "It is not defined for these rows.";
  if (groups < 2) return "All rows are of one group: how groups differ is unknown.";
  if (2 * defined < replicates) return `It is not defined for ${replicates - defined} of ${replicates} replicates.`;
  return null;
}
