import { Problem } from "../runtime/problem";

/**
 * Computes the probability that a standard normal draw lies as far from 0 as a statistic, or farther, on either side: the
 * two-sided p-value. It is exact to some 13 digits also far out, where 1 minus a probability would be all rounding.
 *
 * @param z The statistic; its sign does not matter.
 * @returns The probability, 0 to 1.
 * @throws {Problem} Where the statistic is NaN.
 */
export function twoSidedNormal(z: number): number {
  if (Number.isNaN(z)) {
    throw new Problem(
      "A p-value was asked for the statistic NaN, expected a number.",
      "Look at what it was made from.",
    );
  }
  const distance = Math.abs(z);
  const density = Math.exp((-distance * distance) / 2) / Math.sqrt(2 * Math.PI);
  if (density === 0) return 0;
  return distance < 2.5 ? 1 - 2 * density * nearSeries(distance) : 2 * density * farFraction(distance);
}

/**
 * Computes the probability that a standard normal draw stays below a bound.
 *
 * @param z The bound.
 * @returns The probability, 0 to 1, exact also where it is close to 0.
 * @throws {Problem} Where the bound is NaN.
 */
export function lowerNormal(z: number): number {
  const beyond = twoSidedNormal(z) / 2;
  return z >= 0 ? 1 - beyond : beyond;
}

// The area from 0 to z by the density: z + z³/3 + z⁵/(3·5) + ... (Abramowitz and Stegun 26.2.11).
function nearSeries(z: number): number {
  let [term, sum] = [z, z];
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return sum;
}

// The area beyond z by the density: 1/(z + 1/(z + 2/(z + 3/(z + ...)))) (Abramowitz and Stegun 26.2.14), from its far end.
function farFraction(z: number): number {
  let value = z;
  for (let level = 200; level > 0; level--) value = z + level / value;
  return 1 / value;
}
