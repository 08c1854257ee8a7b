import { needsLesion, needsMask, type PreparationOptions } from "../data/prepare/configuration";
import type { Box, Picture } from "../pictures/picture";
import { showsTwoScans } from "../pictures/two-scans";
import { sureByDefault, type SureOutlines } from "../segment/choose-sure";
import type { Outline } from "../segment/outline";

/** Finds the lesion in a picture, within a box where somebody has drawn one. */
export type FindOutline = (picture: Picture, within: Box | undefined) => Outline;

/** Says whether a finder has something to find: the lesion is needed, and what is given does not say enough of it. */
export function asksFinder(preparation: PreparationOptions, box: Box | undefined, mask: unknown): boolean {
  if (!needsLesion(preparation) || (mask ?? null) !== null) return false;
  return box === undefined || needsMask(preparation);
}

/** Says whether a network is sure of what it found; where it found nothing, it is not. */
export function isSure(
  { mask, expectedDice }: Outline,
  { expectedDice: least }: SureOutlines = sureByDefault,
): boolean {
  return mask !== null && expectedDice >= least;
}

/**
 * Says what speaks against an outline that was found: that the network is not sure of it, that there are others, that the picture shows
 * two scans.
 *
 * @param box The box within which it was looked for; undefined: all of the picture.
 * @param sure From when on an outline counts as sure.
 * @returns Sentences; none for an outline that nothing speaks against.
 */
export function doubtsOf(
  outline: Outline,
  picture: Picture,
  box: Box | undefined,
  sure: SureOutlines = sureByDefault,
): string[] {
  const { expectedDice, others } = outline;
  const doubts: string[] = [];
  if (!isSure(outline, sure))
    doubts.push(
      `The lesion's outline was found by a network, which expects a Dice coefficient of ${expectedDice.toFixed(2)} of it and is sure from ${sure.expectedDice.toFixed(2)} on: look at it, or give the lesion's box.`,
    );
  if (others > 0)
    doubts.push(
      `Beside the lesion ${others === 1 ? "another part was" : `${others} other parts were`} found and left out: where there are several lesions, give the box of each.`,
    );
  if (box === undefined && showsTwoScans(picture))
    doubts.push(
      "The picture seems to show two scans side by side, and one lesion was taken of both: cut them apart, or give its box.",
    );
  return doubts;
}
