/**
 * Turns a logit into a probability.
 *
 * @param logit Any number, also an infinite one.
 * @returns 1 / (1 + e⁻ˡ), 0 to 1.
 */
export function logistic(logit: number): number {
  // Each form keeps its digits on its own side of 0.
  return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
}

/**
 * Sums the products of two lists, as a row's logit is the sum of its columns times their coefficients.
 *
 * @param second As long as the first, or longer.
 */
export function dot(first: readonly number[], second: readonly number[]): number {
  return first.reduce((sum, value, index) => sum + value * second[index]!, 0);
}
