import { createRandom, type RandomGenerator } from "../../runtime/random";

/** How many noise values there are: so few that they stay in the processor's cache; a power of two, so that places wrap
 * around by their last bits. */
const tableLength = 1 << 14;

let table: Float32Array | null = null;

/**
 * Multiplies every gray level by 1 + noise, where noise is normally distributed about 0, and clips to the range from 0 to
 * 1.
 *
 * Drawing a normal number for each pixel would take longer than all else. The noise is read from a table of 16,384 normal
 * numbers that is always the same; each row begins at a random place of it, so that rows are unrelated.
 *
 * @param levels The plane, `[size, size]` row by row; it is changed.
 * @param size Rows and columns.
 * @param deviation The noise's standard deviation, from 0.
 */
export function addSpeckle(levels: Float32Array, size: number, deviation: number, random: RandomGenerator): void {
  table ??= drawTable();
  for (let row = 0; row < size; row++) {
    const start = random.seed();
    for (let column = 0; column < size; column++) {
      const place = row * size + column;
      const level = levels[place]! * (1 + deviation * table[(start + column) & (tableLength - 1)]!);
      levels[place] = level < 0 ? 0 : level > 1 ? 1 : level;
    }
  }
}

function drawTable(): Float32Array {
  const random = createRandom(0).split("speckle");
  return Float32Array.from({ length: tableLength }, () => random.normal());
}
