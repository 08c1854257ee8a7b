import type { AugmentationOptions } from "../data/augment/augmentation";
import type { PreparationOptions } from "../data/prepare/configuration";
import { preparations } from "../data/prepare/presets";

/** Whose outlines an input is made of: the expert's; found ones; or the expert's to learn from, and found ones to be tested on. */
export type OutlinesOf = "expert" | "found" | "mixed";

/** What a network is given of an image. */
export interface InputArm {
  /** Its name in tables: "found outline, disturbed". */
  readonly name: string;
  /** What of the picture it sees; null: no outline is used. */
  readonly outlines: OutlinesOf | null;
  /** Whose boxes it is cut out around, where that is not whose outlines it has. */
  readonly boxes?: "expert";
  /** How images become numbers, beside their size. */
  readonly preparation: PreparationOptions;
  /** By what training images are varied beside all else, as other readers or a network might draw boxes or outlines; null: nothing. */
  readonly disturbed: Partial<AugmentationOptions> | null;
}

const box = preparations.squareContext;
const outline: PreparationOptions = { ...preparations.squareContext, channels: ["gray", "gray × mask", "mask"] };

/** How far boxes and outlines are moved in images of this many rows and columns. */
const disturbedAt = 64;

/** As far as found boxes lie from the expert's in most images, and found outlines from the expert's, at 64 × 64. */
const moved: Readonly<Record<"box" | "outline", Partial<AugmentationOptions>>> = {
  box: { shift: 6, scale: [0.8, 1.25] },
  outline: { outline: { offset: 3, waves: 1.5 } },
};

const both = (outlines: OutlinesOf, name: string): InputArm[] => [
  { name: `${name} box`, outlines, preparation: box, disturbed: null },
  { name: `${name} box, disturbed`, outlines, preparation: box, disturbed: moved.box },
  { name: `${name} outline`, outlines, preparation: outline, disturbed: null },
  { name: `${name} outline, disturbed`, outlines, preparation: outline, disturbed: { ...moved.box, ...moved.outline } },
];

/** The input that all others are held against. */
export const referenceArm = "expert's box";

/** What networks can be given of an image, side by side; "disturbed" ones learn from boxes or outlines that are moved at each step. */
export const inputArms: readonly InputArm[] = [
  ...both("expert", "expert's"),
  ...both("found", "found"),
  { name: "expert's box, found outline", outlines: "found", boxes: "expert", preparation: outline, disturbed: null },
  ...both("mixed", "mixed"),
  { name: "whole picture", outlines: null, preparation: preparations.wholeImage, disturbed: null },
];

/**
 * Gives the disturbance of an input at a size.
 *
 * @param size Rows and columns of the prepared images.
 */
export function disturbanceAt({ disturbed }: InputArm, size: number): Partial<AugmentationOptions> {
  if (disturbed === null) return {};
  const factor = size / disturbedAt;
  const { shift, outline: drawn, ...others } = disturbed;
  return {
    ...others,
    ...(shift !== undefined && { shift: Math.round(shift * factor) }),
    ...(drawn !== undefined && { outline: { offset: drawn.offset * factor, waves: drawn.waves * factor } }),
  };
}
