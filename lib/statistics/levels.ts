/**
 * Finds the place of each number among the different ones: what ranks are made of, for any choice of the numbers, without
 * sorting again.
 *
 * @param values Numbers, none NaN.
 * @returns The place of each, from 1 for the least; equal numbers have equal places.
 */
export function levelsOf(values: readonly number[]): Int32Array {
  const places = new Map([...new Set(values)].sort((a, b) => a - b).map((value, index) => [value, index + 1]));
  return Int32Array.from(values, (value) => places.get(value)!);
}

/**
 * Chooses levels.
 *
 * @param rows Row numbers, which may repeat.
 */
export function pickLevels(levels: Int32Array, rows: readonly number[]): Int32Array {
  const selected = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index++) selected[index] = levels[rows[index]!]!;
  return selected;
}

/**
 * Finds the greatest level.
 *
 * @param levels Levels, from 1.
 * @returns The greatest; 0 where there are none.
 */
export function greatestOf(levels: Int32Array): number {
  let greatest = 0;
  for (const level of levels) if (level > greatest) greatest = level;
  return greatest;
}

/**
 * Counts how often each level is there.
 *
 * @param levels Levels, from 1.
 * @returns The count of each level, at its own index; that of 0 is 0.
 */
export function countLevels(levels: Int32Array): Int32Array {
  const counts = new Int32Array(greatestOf(levels) + 1);
  for (const level of levels) counts[level]!++;
  return counts;
}
