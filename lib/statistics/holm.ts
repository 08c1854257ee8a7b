import { checkProbabilities } from "./check-numbers";

/**
 * Corrects the p-values of a family of comparisons by Holm's method ("A simple sequentially rejective multiple test
 * procedure", Scandinavian Journal of Statistics 6:65-70, 1979). Calling differences where the corrected value is below 0.05
 * calls a false one in at most 5 per cent of families, whatever the dependence between the tests.
 *
 * @param ps The p-values, 0 to 1; none is allowed.
 * @returns The corrected ones, in the same order, none below the one it comes from, at most 1.
 * @throws {Problem} Where one is not a number from 0 to 1.
 */
export function holm(ps: readonly number[]): number[] {
  if (ps.length === 0) return [];
  checkProbabilities("p-values", ps);
  const order = ps.map((_, index) => index).sort((a, b) => ps[a]! - ps[b]!);
  const corrected = new Array<number>(ps.length).fill(1);
  let greatest = 0;
  order.forEach((index, place) => {
    greatest = Math.max(greatest, Math.min(1, (ps.length - place) * ps[index]!));
    corrected[index] = greatest;
  });
  return corrected;
}
