import { preparationDefaults, type PreparationOptions } from "./configuration";

/**
 * Preparations with a name. Each is plain data: change a setting by `{ ...preparations.squareContext, size: 96 }`.
 *
 * - `squareContext`: a square around the lesion's centre, of the lesion's longer side and 10 pixels more at both ends,
 *   stretched between its 5th and 95th percentile, bicubic to 64 × 64. Proportions are kept, and the tissue around the
 *   lesion is real.
 * - `busBraAuthors`: as the authors of BUS-BRA prepare images for their networks (Gómez-Flores, Gregorio-Calas and
 *   Pereira, "BUS-BRA: a breast ultrasound dataset for assessing computer-aided diagnosis systems", Medical Physics
 *   51:3110-3123, 2024): the lesion's box and 10 pixels more on each side, cut off at the picture's border, stretched
 *   between its 5th and 95th percentile, padded with black to a square, bicubic to 224 × 224, in three planes.
 * - `wholeImage`: the whole picture to 64 × 64, as it is, without regard to proportions, as in MedMNIST (Yang et al.,
 *   Scientific Data 10:41, 2023). It needs no mask.
 */
export const preparations: {
  readonly squareContext: PreparationOptions;
  readonly busBraAuthors: PreparationOptions;
  readonly wholeImage: PreparationOptions;
} = {
  squareContext: preparationDefaults,
  busBraAuthors: {
    region: { kind: "box", margin: 10, unit: "pixels" },
    beyond: "cut",
    stretch: { low: 5, high: 95 },
    padding: "black",
    size: 224,
    filter: "bicubic",
    channels: ["gray", "gray × mask", "mask"],
  },
  wholeImage: {
    region: { kind: "whole" },
    beyond: "cut",
    stretch: null,
    padding: "none",
    size: 64,
    filter: "bicubic",
    channels: ["gray"],
  },
};
