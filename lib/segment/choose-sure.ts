import { Problem } from "../runtime/problem";
import { isotonic } from "../statistics/isotonic";
import { mean } from "../statistics/summary";
import type { OutlineRow } from "./outline-rows";

/** From when on a network's outline counts as sure. */
export interface SureOutlines {
  /** The Dice coefficient that a network expects of its own outline, from 0 to 1, from which on it counts as sure. */
  readonly expectedDice: number;
  /** Where that comes from, in words. */
  readonly origin: string;
}

/** What counts as sure where nothing was there to choose it on. */
export const sureByDefault: SureOutlines = {
  expectedDice: 0.9,
  origin: "fixed beforehand; no outlines were there to choose it on",
};

/** Of how many outlines of which the same is expected the box is to be right, and from which IoU on a box is. */
const [rightShare, rightBox] = [0.9, 0.5];

/** Fewer images tell no share of 90 %. */
const fewest = 40;

/**
 * Chooses from when on an outline counts as sure: the least expected Dice coefficient at which 90 % of the boxes have an IoU of .5 or more
 * with the expert's, by a fit that never falls (isotonic regression). It is the share at that value that counts, and not that of all above
 * it: of a good finder nearly all boxes are right, whatever a few are like of which little is expected.
 *
 * @param rows Outlines with the expert's agreement, none of which the result is to be tested on.
 * @param whose Whose they are, in words: "the other folds".
 * @returns Above all that was expected where no value reaches it: then none counts as sure. Where fewer than 40 have an expert's mask,
 *   {@link sureByDefault}.
 * @throws {Problem} Where an image stands there twice.
 */
export function chooseSure(rows: readonly OutlineRow[], whose: string): SureOutlines {
  if (new Set(rows.map(({ id }) => id)).size < rows.length)
    throw new Problem("An image stands twice among the outlines.", "Give those of one cross-fitting.");
  const known = rows.filter(({ agreement, found }) => agreement !== null && found);
  if (known.length < fewest) return sureByDefault;
  // Images of which the same is expected are sure together, or not at all.
  const groups = new Map<number, number[]>();
  for (const { expectedDice, agreement } of known) {
    const own = groups.get(expectedDice) ?? [];
    groups.set(expectedDice, [...own, agreement!.boxIntersectionOverUnion >= rightBox ? 1 : 0]);
  }
  const expected = [...groups.keys()].sort((a, b) => a - b);
  const right = expected.map((value) => groups.get(value)!);
  const fit = isotonic(
    right.map((own) => mean(own)),
    right.map(({ length }) => length),
  );
  const chosen = expected.find((_, place) => fit[place]! >= rightShare);
  const all = `${known.length} images of ${whose}`;
  if (chosen === undefined)
    return { expectedDice: 1, origin: `nothing that is expected has 90 % of the boxes of ${all} right` };
  const [sure, unsure] = [true, false].map((above) => {
    const own = right.filter((_, place) => expected[place]! >= chosen === above).flat();
    return own.length === 0 ? "none" : `${own.reduce<number>((sum, one) => sum + one, 0)} of ${own.length}`;
  });
  return {
    expectedDice: chosen,
    origin: `the least at which 90 % of the boxes have an IoU of .5 or more with the expert's, on ${all}: from there on ${sure!} have, below ${unsure!}`,
  };
}
