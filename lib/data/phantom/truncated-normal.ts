import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";

/** A normal distribution of which only a range is kept: what lies outside is drawn again, not moved to the border. */
export interface TruncatedNormal {
  /** The normal distribution's mean, within the range. The mean of what is kept lies nearer to the range's middle. */
  readonly mean: number;
  /** The normal distribution's standard deviation, above 0. */
  readonly deviation: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Draws from a truncated normal distribution.
 *
 * @returns A value from `low` to `high`.
 * @throws {Problem} Where the mean lies outside of the range or the deviation is not above 0.
 */
export function drawTruncatedNormal(distribution: TruncatedNormal, random: RandomGenerator): number {
  const { mean, deviation, low, high } = checked(distribution);
  for (;;) {
    const value = random.normal(mean, deviation);
    if (value >= low && value <= high) return value;
  }
}

/**
 * Prepares the logarithm of a truncated normal distribution's density.
 *
 * @returns A function of the value: natural logarithm of the density, which integrates to 1 over the range; minus
 *   infinity outside.
 * @throws {Problem} Where the mean lies outside of the range or the deviation is not above 0.
 */
export function logDensityOf(distribution: TruncatedNormal): (value: number) => number {
  const { mean, deviation, low, high } = checked(distribution);
  const kept = normalShare((high - mean) / deviation) - normalShare((low - mean) / deviation);
  const constant = -Math.log(deviation * Math.sqrt(2 * Math.PI) * kept);
  return (value) => (value < low || value > high ? -Infinity : constant - ((value - mean) / deviation) ** 2 / 2);
}

function checked(distribution: TruncatedNormal): TruncatedNormal {
  const { mean, deviation, low, high } = distribution;
  if (!(low < high && mean >= low && mean <= high && deviation > 0)) {
    throw new Problem(
      `A truncated normal distribution has mean ${mean}, deviation ${deviation} and range ${low} to ${high}, expected a mean within the range and a deviation above 0.`,
      "Correct them.",
    );
  }
  return distribution;
}

// The share of the standard normal distribution below a value, by the series of Marsaglia, "Evaluating the normal
// distribution", Journal of Statistical Software 11(4), 2004. Beyond 8 deviations, what is missing is below 1e-15.
function normalShare(value: number): number {
  if (value < -8) return 0;
  if (value > 8) return 1;
  let [sum, term] = [value, value];
  for (let order = 3; Math.abs(term) > 1e-17 * Math.abs(sum); order += 2) {
    term *= (value * value) / order;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-(value * value) / 2)) / Math.sqrt(2 * Math.PI);
}
