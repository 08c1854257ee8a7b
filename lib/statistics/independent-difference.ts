import { Problem } from "../runtime/problem";
import type { Interval } from "./summary";

/** A value with its interval. */
export interface ValueWithInterval extends Interval {
  readonly value: number;
}

/** A difference with its interval. */
export interface IndependentDifference extends Interval {
  /** The first value minus the second. */
  readonly difference: number;
}

/**
 * Computes the difference of two values of different samples, with an interval from the intervals of both ("method of variance estimates
 * recovery": Zou and Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27:1693-1702, 2008;
 * Newcombe's method 10 of 1998 where both are Wilson's). It keeps what is lopsided about the two, as near 1 they are.
 *
 * @param first A value with its interval, of some confidence.
 * @param second Another, of the same confidence and of other samples.
 * @throws {Problem} Where a number is not finite, or a value lies outside of its interval.
 */
export function independentDifference(first: ValueWithInterval, second: ValueWithInterval): IndependentDifference {
  for (const { value, low, high } of [first, second]) {
    if ([value, low, high].every(Number.isFinite) && low <= value && value <= high) continue;
    throw new Problem(
      `A value is ${value} with the interval ${low} to ${high}, expected finite numbers and a value within.`,
      "Give two values that have intervals.",
    );
  }
  const difference = first.value - second.value;
  return {
    difference,
    low: difference - Math.hypot(first.value - first.low, second.high - second.value),
    high: difference + Math.hypot(first.high - first.value, second.value - second.low),
  };
}
