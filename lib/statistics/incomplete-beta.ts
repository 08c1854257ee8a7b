import { Problem } from "../runtime/problem";

/**
 * Computes the logarithm of the gamma function, by Stirling's series (Abramowitz and Stegun 6.1.41), to some 15 digits.
 *
 * @param x A number above 0.
 * @throws {Problem} Where the number is not above 0.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) {
    throw new Problem(`The gamma function was asked for at ${x}, expected a number above 0.`, "Look at the counts.");
  }
  // The series is exact enough from 15 on; Γ(x + 1) = x Γ(x) leads there.
  let [shifted, product] = [x, 1];
  while (shifted < 15) product *= shifted++;
  const square = 1 / (shifted * shifted);
  const tail = ((((1 / 1188) * square - 1 / 1680) * square + 1 / 1260) * square - 1 / 360) * square + 1 / 12;
  return (shifted - 0.5) * Math.log(shifted) - shifted + Math.log(2 * Math.PI) / 2 + tail / shifted - Math.log(product);
}

/**
 * Computes the regularised incomplete beta function: the probability that a draw of the beta distribution is at most `x`.
 * The binomial's and Student's distributions are computed from it.
 *
 * @param x A number from 0 to 1.
 * @param a The first shape, above 0.
 * @param b The second, above 0.
 * @returns The probability, 0 to 1, to some 12 digits.
 * @throws {Problem} Where a number is outside of its range.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  checkShapes(a, b);
  if (!(x >= 0 && x <= 1)) {
    throw new Problem(`The beta distribution was asked for at ${x}, expected a number from 0 to 1.`, "Give a share.");
  }
  if (x === 0 || x === 1) return x;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  // The fraction converges fast on this side of the mean; the other side follows by symmetry.
  const value = x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
  return Math.min(1, Math.max(0, value));
}

/**
 * Computes a quantile of the beta distribution, by halving.
 *
 * @param probability A probability from 0 to 1.
 * @param a The first shape, above 0.
 * @param b The second, above 0.
 * @returns The number that a draw stays below with this probability, 0 to 1.
 * @throws {Problem} Where a number is outside of its range.
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  checkShapes(a, b);
  if (!(probability >= 0 && probability <= 1)) {
    throw new Problem(
      `A quantile was asked for at the probability ${probability}, expected a number from 0 to 1.`,
      "Give a share, 0.975 for example.",
    );
  }
  if (probability === 0 || probability === 1) return probability;
  let [low, high] = [0, 1];
  // Until no number lies between: small quantiles are as exact as others.
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
}

function checkShapes(a: number, b: number): void {
  if (!(a > 0 && b > 0 && a < Infinity && b < Infinity)) {
    throw new Problem(
      `The shapes of a beta distribution are ${a} and ${b}, expected numbers above 0.`,
      "Look at the counts they come from.",
    );
  }
}

// The continued fraction of Abramowitz and Stegun 26.5.8, by the modified Lentz method.
function fraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return value;
}
