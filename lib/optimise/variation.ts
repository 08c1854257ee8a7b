import type { AugmentationOptions } from "../data/augment/augmentation";

/**
 * Makes an augmentation of one number: how strongly images are varied. At 0 there are mirror images alone, at .5 about the preset `light`
 * with small rotations, at 1 more than `strong`.
 *
 * @param strength From 0 to 1.
 * @param size Rows and columns of the images, in pixels.
 */
export function variationOf(strength: number, size: number): Partial<AugmentationOptions> {
  return {
    flipHorizontal: 0.5,
    shift: Math.round(strength * 0.125 * size),
    scale: [1 / (1 + 0.25 * strength), 1 + 0.25 * strength],
    rotation: 20 * strength,
    gamma: [1 / (1 + 0.5 * strength), 1 + 0.5 * strength],
    contrast: [1 / (1 + 0.4 * strength), 1 + 0.4 * strength],
    speckle: [0, 0.1 * strength],
  };
}
