import { Problem } from "../runtime/problem";
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

/** Of how many of the outlines that count as sure the box is to be right, and from which IoU on a box is. */
const [rightShare, rightBox] = [0.95, 0.5];

/** Fewer images tell no share of 95 %. */
const fewest = 40;

/**
 * Chooses from when on an outline counts as sure: the least expected Dice coefficient such that, of the images in which at least that
 * is expected, 95 % have a box with an IoU of .5 or more with the expert's.
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
  const ordered = [...known].sort((a, b) => b.expectedDice - a.expectedDice);
  let [right, chosen, reached] = [0, 1, 0];
  for (const [index, { expectedDice, agreement }] of ordered.entries()) {
    if (agreement!.boxIntersectionOverUnion >= rightBox) right += 1;
    // Images of which the same is expected are sure together, or not at all.
    if (ordered[index + 1]?.expectedDice === expectedDice || right < rightShare * (index + 1)) continue;
    [chosen, reached] = [expectedDice, index + 1];
  }
  const rule = `the least from which on 95 % of the boxes have an IoU of .5 or more with the expert's`;
  const shares = `${reached} of ${known.length} images of ${whose}`;
  return {
    expectedDice: chosen,
    origin: reached === 0 ? `no value has 95 % of the boxes of ${shares} right` : `${rule}, on ${shares}`,
  };
}
