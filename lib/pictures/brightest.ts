import type { Picture } from "./picture";

/**
 * Finds the brightest level of a picture.
 *
 * @returns The level, from 0 for black to 1 for white; 0 where there are no pixels.
 */
export function brightestOf({ pixels }: Pick<Picture, "pixels">): number {
  let brightest = 0;
  for (const level of pixels) if (level > brightest) brightest = level;
  return brightest;
}
