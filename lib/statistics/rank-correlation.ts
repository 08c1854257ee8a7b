import * as v from "valibot";

import { number, passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import type { RandomGenerator } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval } from "./bootstrap-by-group";
import { checkNumbers, checkSameLength } from "./check-numbers";
import { kendallTau, kendallTauOfRows } from "./kendall-tau";
import { spearmanCorrelation, spearmanCorrelationOfRows, type CorrelationTest } from "./spearman-correlation";

const correlationOptions = v.strictObject({
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
  /** How many replicates are drawn; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 1 }), 2000),
  /** How often such intervals hold the true correlation, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
});

/** How intervals are computed. @interface */
export type RankCorrelationOptions = v.InferInput<typeof correlationOptions>;

/** A correlation with its interval. */
export interface CorrelationWithInterval {
  /** The correlation, -1 to 1; null where a list is constant or there are fewer than two pairs. */
  readonly value: number | null;
  /** The lower end of the interval; null where there is none. */
  readonly low: number | null;
  /** The upper end; null where there is none. */
  readonly high: number | null;
  /** The two-sided p-value; null where there is none. */
  readonly p: number | null;
}

/** How far two lists order the same things alike. */
export interface RankCorrelation {
  readonly count: number;
  readonly kendall: CorrelationWithInterval;
  readonly spearman: CorrelationWithInterval;
  /** Whether Kendall's correlation can be told from 0: its interval does not hold 0, and its p-value is below 1 - confidence. */
  readonly meaningful: boolean;
  /** What speaks against relying on the correlation, as a sentence; null where nothing does. */
  readonly warning: string | null;
}

/**
 * Computes rank correlations with intervals: of shared-weight scores and stand-alone accuracies, for example. The intervals go
 * from percentile to percentile of a bootstrap over pairs. There are none for fewer than four pairs, for constant lists, or
 * where the order is the same, or reversed, throughout, so that every replicate has the same correlation.
 *
 * @param first Finite numbers.
 * @param second As many, in the same order.
 * @throws {Problem} Where the lists differ in length, are empty, or hold what is not finite, or an option is not such.
 */
export function rankCorrelation(
  first: readonly number[],
  second: readonly number[],
  options: RankCorrelationOptions,
): RankCorrelation {
  const { random, replicates, confidence } = checkOptions("rankCorrelation", correlationOptions, options);
  checkNumbers("values in the first list", first);
  checkNumbers("values in the second list", second);
  checkSameLength("values in the second list", second.length, "values in the first", first.length);

  const count = first.length;
  const constant = [first, second].some((list) => isConstant(list));
  if (count < 2 || constant) {
    const none = { value: null, low: null, high: null, p: null };
    const warning =
      count < 2 ? "There is one pair only." : "All values of a list are equal: there is nothing to be ordered.";
    return { count, kendall: none, spearman: none, meaningful: false, warning };
  }
  const kendall = kendallTau(first, second);
  const spearman = spearmanCorrelation(first, second);
  if (count < 4) {
    const warning = `There are ${count} pairs only: too few for an interval.`;
    return { count, kendall: bare(kendall), spearman: bare(spearman), meaningful: false, warning };
  }
  const intervals = bootstrapByGroup({
    groups: first.map((_, row) => String(row)),
    statistics: { kendall: kendallTauOfRows(first, second), spearman: spearmanCorrelationOfRows(first, second) },
    replicates,
    confidence,
    random,
  });
  const [withKendall, withSpearman] = [join(kendall, intervals.kendall), join(spearman, intervals.spearman)];
  const warning = warn(withKendall, confidence);
  return { count, kendall: withKendall, spearman: withSpearman, meaningful: warning === null, warning };
}

function warn({ value, low, high, p }: CorrelationWithInterval, confidence: number): string | null {
  const significant = p !== null && p < 1 - confidence;
  if (low === null || high === null) {
    // A perfect order has no interval, and still cannot be chance where there are enough pairs.
    if (significant) return null;
    return `Too few pairs: the p-value of Kendall's correlation ${value?.toFixed(3)} is ${p?.toFixed(3)}.`;
  }
  if (low <= 0 && high >= 0) {
    return `The interval of Kendall's correlation, ${low.toFixed(3)} to ${high.toFixed(3)}, holds 0.`;
  }
  if (!significant) {
    return `The p-value of Kendall's correlation is ${p?.toFixed(3)}, though its interval does not hold 0.`;
  }
  return null;
}

function bare({ value, p }: CorrelationTest): CorrelationWithInterval {
  return { value, low: null, high: null, p };
}

function join({ value, p }: CorrelationTest, { low, high }: BootstrapInterval): CorrelationWithInterval {
  // An interval without width would claim what a bootstrap cannot know.
  return low === null || high === null || low === high ? bare({ value, p }) : { value, low, high, p };
}

function isConstant(values: readonly number[]): boolean {
  return values.every((value) => value === values[0]);
}
