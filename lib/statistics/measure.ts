/** A number that is not always defined: where it is not, it is null and the reason says why, never a silent 0. */
export interface Measure {
  /** The number; null where it is not defined. */
  readonly value: number | null;
  /** Why it is not defined, as a sentence; null where it is. */
  readonly reason: string | null;
}

/**
 * Makes a measure that is a share of a total.
 *
 * @param part What is counted, from 0.
 * @param total Of how many, from 0.
 * @param reason Why the share is not defined where the total is 0.
 */
export function shareOf(part: number, total: number, reason: string): Measure {
  return total === 0 ? { value: null, reason } : { value: part / total, reason: null };
}
