import { ranksOf } from "./area-under-curve";
import type { RowStatistic } from "./bootstrap-by-group";
import { checkPairs } from "./check-numbers";
import { countLevels, levelsOf, pickLevels } from "./levels";
import { twoSidedStudent } from "./student";
import { pearsonCorrelation } from "./summary";

/** A correlation and the test of whether it is 0. */
export interface CorrelationTest {
  /** The correlation, -1 to 1. */
  readonly value: number;
  /** The two-sided p-value; null where there are too few pairs for one. */
  readonly p: number | null;
}

/**
 * Computes Spearman's rank correlation: Pearson's of the ranks, equal numbers sharing the mean of theirs (Spearman, "The proof
 * and measurement of association between two things", American Journal of Psychology 15:72-101, 1904). The p-value is by
 * Student's t, as SciPy's: for fewer than some ten pairs it is rough, and {@link kendallTau}'s is better.
 *
 * @param first Finite numbers, at least two, not all equal.
 * @param second As many, in the same order, not all equal.
 * @returns The correlation and its p-value, null for two pairs.
 * @throws {Problem} Where the lists differ in length, are too short, hold what is not finite, or are constant.
 */
export function spearmanCorrelation(first: readonly number[], second: readonly number[]): CorrelationTest {
  checkPairs(first, second);
  const value = pearsonCorrelation(ranksOf(first), ranksOf(second));
  const degreesOfFreedom = first.length - 2;
  if (degreesOfFreedom === 0) return { value, p: null };
  // (1 + r)(1 - r), not 1 - r², keeps digits near 1.
  const t = value * Math.sqrt(degreesOfFreedom / ((1 + value) * (1 - value)));
  return { value, p: twoSidedStudent(t, degreesOfFreedom) };
}

/**
 * Prepares Spearman's correlation of a choice of pairs, for a bootstrap's thousands of choices: nothing is sorted again.
 *
 * @param first Numbers, none NaN.
 * @returns The correlation over a choice of pairs, -1 to 1; null where a list is constant among them.
 */
export function spearmanCorrelationOfRows(first: readonly number[], second: readonly number[]): RowStatistic {
  const [a, b] = [levelsOf(first), levelsOf(second)];
  return (rows) => {
    const [x, y] = [centredRanks(pickLevels(a, rows)), centredRanks(pickLevels(b, rows))];
    let [product, squaresX, squaresY] = [0, 0, 0];
    for (let index = 0; index < x.length; index++) {
      product += x[index]! * y[index]!;
      squaresX += x[index]! ** 2;
      squaresY += y[index]! ** 2;
    }
    if (squaresX === 0 || squaresY === 0) return null;
    return Math.min(1, Math.max(-1, product / Math.sqrt(squaresX * squaresY)));
  };
}

// Ranks less their mean: halves of whole numbers, so that those of a constant list are exactly 0.
function centredRanks(levels: Int32Array): Float64Array {
  const counts = countLevels(levels);
  const ranks = new Float64Array(counts.length);
  let below = 0;
  counts.forEach((count, level) => {
    ranks[level] = below + (count - levels.length) / 2;
    below += count;
  });
  return Float64Array.from(levels, (level) => ranks[level]!);
}
