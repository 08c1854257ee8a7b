import { areaUnderCurve } from "./area-under-curve";
import { checkNumbers } from "./check-numbers";
import { countLevels, levelsOf } from "./levels";
import { twoSidedNormal } from "./normal-probability";

/** Whether one list lies above another. */
export interface MannWhitney {
  /** The probability that a value of the first list is above one of the second, equal ones counting half. */
  readonly probability: number;
  /** The two-sided p-value. */
  readonly p: number;
}

/**
 * Tests whether the values of one list lie above those of another (Mann and Whitney, Annals of Mathematical Statistics 18:50-60,
 * 1947): by the normal distribution with the correction for ties and for continuity, as SciPy does where there are ties.
 *
 * @param first Finite numbers, one at least.
 * @param second The same.
 * @returns The probability and its p-value; 1 where all values are equal.
 * @throws {Problem} Where a list is empty or a number is not finite.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney {
  checkNumbers("values in the first list", first);
  checkNumbers("values in the second list", second);
  const all = [...first, ...second];
  const probability = areaUnderCurve(all, [...first.map(() => 1), ...second.map(() => 0)]);
  const pairs = first.length * second.length;
  const count = all.length;
  const ties = countLevels(levelsOf(all)).reduce((sum, t) => sum + t ** 3 - t, 0);
  const variance = (pairs / 12) * (count + 1 - ties / (count * (count - 1)));
  const distance = Math.max(0, Math.abs(probability * pairs - pairs / 2) - 0.5);
  return { probability, p: variance > 0 ? twoSidedNormal(distance / Math.sqrt(variance)) : 1 };
}

/** Whether two lists are of the same distribution. */
export interface KolmogorovSmirnov {
  /** The greatest difference of their shares below a value, 0 to 1. */
  readonly distance: number;
  /** The exact two-sided p-value; with ties it is too large. */
  readonly p: number;
}

/**
 * Tests whether two lists are of the same distribution (Kolmogorov and Smirnov): exactly, by counting the orders of both in which
 * the shares never differ as much (Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för Matematik
 * 3:469-486, 1958).
 *
 * @param first Finite numbers, one at least.
 * @param second The same.
 * @throws {Problem} Where a list is empty or a number is not finite.
 */
export function kolmogorovSmirnov(first: readonly number[], second: readonly number[]): KolmogorovSmirnov {
  checkNumbers("values in the first list", first);
  checkNumbers("values in the second list", second);
  const [rows, columns] = [first.length, second.length];
  const levels = levelsOf([...first, ...second]);
  const [below, above] = [countLevels(levels.subarray(0, rows)), countLevels(levels.subarray(rows))];
  let [a, b, distance] = [0, 0, 0];
  for (let level = 0; level < Math.max(below.length, above.length); level++) {
    a += below[level] ?? 0;
    b += above[level] ?? 0;
    distance = Math.max(distance, Math.abs(a / rows - b / columns));
  }
  // Half a step of the grid of all distances below this one, so that rounding decides nothing.
  const inside = (0.5 + Math.floor(distance * rows * columns - 1e-7)) / (rows * columns);
  const shares = Float64Array.from({ length: columns + 1 }, (_, column) => (column / columns > inside ? 0 : 1));
  for (let row = 1; row <= rows; row++) {
    const weight = row / (row + columns);
    shares[0] = row / rows > inside ? 0 : weight * shares[0]!;
    for (let column = 1; column <= columns; column++)
      shares[column] =
        Math.abs(row / rows - column / columns) > inside ? 0 : weight * shares[column]! + shares[column - 1]!;
  }
  return { distance, p: Math.min(1, Math.max(0, 1 - shares[columns]!)) };
}
