import { Problem } from "../runtime/problem";
import { brightestOf } from "./brightest";
import type { DecodedPicture } from "./assemble-picture";
import type { Box, Mask } from "./picture";

/**
 * Makes a mask of a picture: what is brighter than half of its brightest pixel is lesion. So masks of 0 and 1, of 0 and 255
 * and of 16 bits all work, and the soft edges that JPEG leaves do no harm.
 *
 * @param color Only what is painted in this colour; default: all that is bright.
 */
export function maskOfPicture(picture: DecodedPicture, color?: "green" | "red"): Mask {
  const { width, height, pixels, colors } = picture;
  const mask = new Uint8Array(width * height);
  if (color !== undefined) {
    const [own, other] = color === "red" ? [0, 1] : [1, 0];
    if (colors !== null) {
      for (let pixel = 0; pixel < mask.length; pixel++) {
        const place = pixel * 3;
        mask[pixel] = colors[place + own]! > 127 && colors[place + other]! < 128 && colors[place + 2]! < 128 ? 1 : 0;
      }
    }
    return { width, height, pixels: mask };
  }
  const brightest = brightestOf({ pixels });
  if (brightest > 0) {
    for (let pixel = 0; pixel < mask.length; pixel++) mask[pixel] = pixels[pixel]! > brightest / 2 ? 1 : 0;
  }
  return { width, height, pixels: mask };
}

/**
 * Unites masks of one image.
 *
 * @param masks The masks, at least one, all of one size.
 * @throws {Problem} Where their sizes differ.
 */
export function uniteMasks(masks: readonly Mask[], name: string): Mask {
  const [first, ...others] = masks;
  const pixels = Uint8Array.from(first!.pixels);
  for (const other of others) {
    if (other.width !== first!.width || other.height !== first!.height) {
      throw new Problem(
        `The masks of ${name} have different sizes: ${first!.width} × ${first!.height} and ${other.width} × ${other.height} pixels.`,
        "Masks of one image must have its size: correct the files.",
      );
    }
    for (let pixel = 0; pixel < pixels.length; pixel++) pixels[pixel]! |= other.pixels[pixel]!;
  }
  return { width: first!.width, height: first!.height, pixels };
}

/**
 * Finds the smallest box that holds a lesion.
 *
 * @returns The box; null where the mask is empty.
 */
export function boxOfMask({ width, height, pixels }: Mask): Box | null {
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (pixels[row * width + column] === 0) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  }
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Counts the pixels of a lesion. */
export function areaOfMask({ pixels }: Mask): number {
  let area = 0;
  for (const pixel of pixels) area += pixel;
  return area;
}

/**
 * Finds the outline of a lesion: its pixels with a neighbour above, below, left or right that is not lesion, or at the
 * picture's border.
 *
 * @returns A mask of the outline, one pixel wide.
 */
export function outlineOfMask({ width, height, pixels }: Mask): Mask {
  const outline = new Uint8Array(pixels.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = row * width + column;
      if (pixels[place] === 0) continue;
      const inner = row > 0 && row < height - 1 && column > 0 && column < width - 1;
      const surrounded =
        inner && pixels[place - 1]! && pixels[place + 1]! && pixels[place - width]! && pixels[place + width]!;
      outline[place] = surrounded ? 0 : 1;
    }
  }
  return { width, height, pixels: outline };
}
