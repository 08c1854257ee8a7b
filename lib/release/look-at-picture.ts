import { needsLesion, type PreparationOptions } from "../data/prepare/configuration";
import type { DecodedPicture } from "../pictures/assemble-picture";
import type { Box, Picture } from "../pictures/picture";

/** How far the channels of a pixel must lie apart, of 255, to count as coloured. */
const colorful = 24;
/** The share of coloured pixels from which on a picture is no gray one with coloured marks. */
const mostColored = 0.1;
/** A lesion of fewer pixels on a side has no outline that could be seen. */
const smallestLesion = 8;
/** Gray levels that lie closer together, of 1, show nothing. */
const leastContrast = 0.05;

/**
 * Looks whether a picture is one that a model of breast ultrasound can know anything of.
 *
 * @param picture The picture; of a file with its colours.
 * @param box The lesion's box, where it is known by that.
 * @returns Warnings, as sentences; none for a usual picture.
 */
export function lookAtPicture(
  picture: Picture | DecodedPicture,
  preparation: PreparationOptions,
  box: Box | undefined,
): string[] {
  const warnings: string[] = [];
  const { width, height, pixels } = picture;
  const colors = "colors" in picture ? picture.colors : null;
  const share = colors === null ? 0 : coloredShare(colors);
  if (share > mostColored) {
    warnings.push(
      `${Math.round(share * 100)} % of the picture is coloured: the model knows gray ultrasound images alone.`,
    );
  }
  if (Math.min(width, height) < preparation.size) {
    warnings.push(
      `The picture has ${width} × ${height} pixels, fewer than the ${preparation.size} × ${preparation.size} that the model takes: it shows less detail than the images of the training.`,
    );
  }
  let [darkest, brightest] = [Infinity, -Infinity];
  for (const level of pixels) {
    if (level < darkest) darkest = level;
    if (level > brightest) brightest = level;
  }
  if (brightest - darkest < leastContrast) warnings.push("The picture has hardly any contrast: it may show nothing.");
  if (box !== undefined && needsLesion(preparation) && Math.min(box.width, box.height) < smallestLesion) {
    warnings.push(`The lesion's box has ${box.width} × ${box.height} pixels, too few to show an outline.`);
  }
  return warnings;
}

function coloredShare(colors: Uint8Array): number {
  let colored = 0;
  for (let place = 0; place < colors.length; place += 3) {
    const [red, green, blue] = [colors[place]!, colors[place + 1]!, colors[place + 2]!];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > colorful) colored++;
  }
  return (3 * colored) / colors.length;
}
