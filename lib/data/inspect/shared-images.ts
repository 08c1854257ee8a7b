import { findSimilar, type SimilarPair } from "./duplicates";
import type { Inspection } from "./inspection";

/** An image of another set that is one of the study's own. */
export interface SharedImage {
  /** Its name in the other set. */
  readonly external: string;
  /** That of the study's image which it is, or which it looks like. */
  readonly own: string;
  /** How alike they are: the greater of two correlations, -1 to 1. */
  readonly correlation: number;
  /** Whether all pixels are equal. */
  readonly identical: boolean;
}

/**
 * Finds images of another set that are among a study's own, or are such images brightened, mirrored, shifted, cropped or turned by some
 * degrees: public sets share pictures, and hospitals hand over what they have published before.
 *
 * @param own What was seen of the study's images.
 * @param external What was seen of the other set's.
 * @returns One for each image of the other set that is shared, the most alike of those it looks like, in the set's order.
 */
export function findShared(own: readonly Inspection[], external: readonly Inspection[]): SharedImage[] {
  // Names of two sets may be the same.
  const name = (set: string, id: string) => `${set} ${id}`;
  const named = (set: string, inspections: readonly Inspection[]) =>
    inspections.map((inspection) => ({ ...inspection, id: name(set, inspection.id) }));
  const pairs = findSimilar([...named("own", own), ...named("external", external)]);
  const found = new Map<string, SharedImage>();
  for (const pair of withIdentical(pairs)) {
    const [mine, other] = [pair.first, pair.second].sort((a) => (a.startsWith("own ") ? -1 : 1)) as [string, string];
    if (!mine.startsWith("own ") || !other.startsWith("external ")) continue;
    const id = other.slice("external ".length);
    const known = found.get(id);
    if (known !== undefined && known.correlation >= pair.correlation) continue;
    const { correlation, identical } = pair;
    found.set(id, { external: id, own: mine.slice("own ".length), correlation, identical });
  }
  return external.flatMap(({ id }) => found.get(id) ?? []);
}

// Of identical images one alone is compared with others: what is like it, is like all of them.
function withIdentical(pairs: readonly SimilarPair[]): SimilarPair[] {
  const copies = new Map<string, string[]>();
  for (const { first, second, identical } of pairs)
    if (identical) copies.set(first, [...(copies.get(first) ?? []), second]);
  const all = (id: string) => [id, ...(copies.get(id) ?? [])];
  return pairs.flatMap((pair) => {
    if (pair.identical) {
      const group = all(pair.first);
      return group.filter((id) => id !== pair.second).map((id) => ({ ...pair, first: id }));
    }
    return all(pair.first).flatMap((first) => all(pair.second).map((second) => ({ ...pair, first, second })));
  });
}
