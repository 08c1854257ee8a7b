import { cutOut } from "../data/prepare/cut-out";
import { componentsOf, fillHoles, largestComponent } from "../pictures/components";
import { areaOfMask, boxOfMask } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { resize } from "../pictures/resize";

/** What a network finds in a picture. */
export interface Outline {
  /** The lesion, at the picture's own size; null where nothing was found. */
  readonly mask: Mask | null;
  /** The smallest box that holds it; null where nothing was found. */
  readonly box: Box | null;
  /**
   * How sure the network is of the outline: the Dice coefficient that it expects of it, from its own probabilities, 0 to 1; 0 where
   * nothing was found.
   */
  readonly expectedDice: number;
  /**
   * How many other parts were found that have at least a tenth of its area: several lesions, or something that was taken for one. They
   * are left out of the mask.
   */
  readonly others: number;
}

/** The smallest share of the picture that is taken for a lesion: less is a speck. The smallest lesion of BUS-BRA has 0.006. */
export const smallestLesion = 0.001;

/**
 * Makes an outline of what a network says of each pixel of its input: resized to the picture, cut at the probability of one half, the
 * largest part alone, without holes.
 *
 * @param probabilities The probability of being lesion, `[size, size]` row by row, 0 to 1.
 * @param part Which part of the picture the input was made of; it may reach beyond.
 * @param within Where in the picture a lesion is looked for: a box that somebody has drawn; null: in all of it.
 */
export function outlineOf(
  probabilities: Float32Array,
  size: number,
  part: Box,
  { width, height }: { readonly width: number; readonly height: number },
  within: Box | null = null,
): Outline {
  const input: Picture = { width: size, height: size, pixels: probabilities };
  const resized = resize(input, part.width, part.height, { filter: "bilinear" });
  const { pixels } = cutOut(resized, { left: -part.left, top: -part.top, width, height }, "black");
  if (within !== null) clearOutside(pixels, width, within);
  const likely: Mask = { width, height, pixels: Uint8Array.from(pixels, (one) => (one > 0.5 ? 1 : 0)) };
  const components = componentsOf(likely);
  const largest = largestComponent(likely, components);
  const area = largest === null ? 0 : areaOfMask(largest);
  if (largest === null || area < smallestLesion * width * height)
    return { mask: null, box: null, expectedDice: 0, others: 0 };
  const mask = fillHoles(largest);
  const others = components.areas.filter((one) => one >= area / 10).length - 1;
  // Σ p over the mask and all: what is expected of 2 · |both| / (|mask| + |lesion|), but for the correlation of pixels.
  const inside = pixels.reduce((sum, one, place) => sum + one * mask.pixels[place]!, 0);
  const all = pixels.reduce((sum, one) => sum + one, 0);
  return { mask, box: boxOfMask(mask), expectedDice: (2 * inside) / (areaOfMask(mask) + all), others };
}

function clearOutside(pixels: Float32Array, width: number, { left, top, width: across, height: down }: Box): void {
  for (let place = 0; place < pixels.length; place++) {
    const [row, column] = [Math.floor(place / width), place % width];
    if (row < top || row >= top + down || column < left || column >= left + across) pixels[place] = 0;
  }
}
