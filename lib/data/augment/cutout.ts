import type { Box } from "../../pictures/picture";
import type { RandomGenerator } from "../../runtime/random";
import type { AugmentationOptions } from "./augmentation";

/**
 * Draws the squares that are cut out of an image. Every pixel is equally likely as a centre; what lies beyond the image is
 * lost, as in the paper.
 *
 * @param cutout How many, and their side as a share of the image's.
 * @returns The parts of the squares that lie in the image.
 */
export function drawCutout(
  { count, side }: AugmentationOptions["cutout"],
  size: number,
  random: RandomGenerator,
): Box[] {
  const length = Math.round(side * size);
  if (length === 0) return [];
  return Array.from({ length: count }, () => {
    const left = random.integer(0, size - 1) - Math.floor(length / 2);
    const top = random.integer(0, size - 1) - Math.floor(length / 2);
    const [first, highest] = [Math.max(0, left), Math.max(0, top)];
    return {
      left: first,
      top: highest,
      width: Math.min(size, left + length) - first,
      height: Math.min(size, top + length) - highest,
    };
  });
}

/**
 * Sets parts of a plane to 0.
 *
 * @param plane The plane, `[size, size]` row by row; it is changed.
 * @param size Rows and columns.
 */
export function blacken(plane: Float32Array, size: number, boxes: readonly Box[]): void {
  for (const { left, top, width, height } of boxes) {
    for (let row = top; row < top + height; row++) plane.fill(0, row * size + left, row * size + left + width);
  }
}
