import type { Picture } from "../../pictures/picture";
import { percentileOfSorted } from "./stretch";

/**
 * Gives a picture's gray levels a stated distribution: each level becomes the quantile of its middle rank, the share of
 * pixels below it and half of those that have it. Nothing but the picture itself is looked at, so that an image becomes the
 * same wherever it is prepared (histogram specification; Gonzalez and Woods, "Digital Image Processing", section 3.3).
 *
 * @param picture The picture.
 * @param quantiles The distribution: its quantiles at equal steps from the share 0 to the share 1, never falling.
 * @returns A new picture; a copy where all pixels have one level, as there is no contrast to distribute.
 */
export function matchLevels(picture: Picture, quantiles: readonly number[]): Picture {
  const sorted = picture.pixels.slice().sort();
  const count = sorted.length;
  if (sorted[0] === sorted[count - 1]) return { ...picture, pixels: picture.pixels.slice() };
  const levels = new Map<number, number>();
  for (let start = 0; start < count;) {
    const level = sorted[start]!;
    let end = start + 1;
    while (end < count && sorted[end] === level) end++;
    levels.set(level, percentileOfSorted(quantiles, (50 * (start + end)) / count));
    start = end;
  }
  return { ...picture, pixels: picture.pixels.map((level) => levels.get(level)!) };
}
