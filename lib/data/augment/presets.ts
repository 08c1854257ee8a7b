import { augmentationDefaults, type AugmentationOptions } from "./augmentation";

/**
 * Augmentations with a name. Each is plain data: change a setting by `{ ...augmentations.light, shift: 8 }`.
 *
 * - `none`: images as they are.
 * - `light`: flips from left to right and shifts of up to 4 pixels, meant for 64 × 64.
 * - `busBraAuthors`: as the authors of BUS-BRA vary images for their networks (Gómez-Flores, Gregorio-Calas and Pereira,
 *   Medical Physics 51:3110-3123, 2024): flips, shifts of up to 15 pixels, magnification from 0.7 to 1.2, and angles of
 *   up to 10 degrees. The shift is meant for 224 × 224; at 64 × 64 it is `{ shift: 4 }`.
 * - `strong`: all that leaves a lesion's class in sight, meant for 64 × 64: flips from left to right, shifts, magnification,
 *   angles, gamma, contrast, speckle and one cut-out square.
 */
export const augmentations: {
  readonly none: AugmentationOptions;
  readonly light: AugmentationOptions;
  readonly busBraAuthors: AugmentationOptions;
  readonly strong: AugmentationOptions;
} = {
  none: augmentationDefaults,
  light: { ...augmentationDefaults, flipHorizontal: 0.5, shift: 4 },
  busBraAuthors: {
    ...augmentationDefaults,
    flipHorizontal: 0.5,
    flipVertical: 0.5,
    shift: 15,
    scale: [0.7, 1.2],
    rotation: 10,
    fill: "black",
  },
  strong: {
    ...augmentationDefaults,
    flipHorizontal: 0.5,
    shift: 6,
    scale: [0.8, 1.25],
    rotation: 15,
    gamma: [0.7, 1.4],
    contrast: [0.75, 1.3],
    speckle: 0.1,
    cutout: { count: 1, side: 0.25 },
  },
};
