import { closest, distance } from "fastest-levenshtein";

/**
 * Finds what a misspelt word was meant to be.
 *
 * @returns The nearest of them; null where none is like it, so that nobody is asked whether he meant something else altogether.
 */
export function nearestOf(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const meant = closest(word, [...known]);
  return distance(word, meant) <= Math.max(word.length, meant.length) / 2 ? meant : null;
}
