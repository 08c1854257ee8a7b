import * as v from "valibot";

import { number, oneOf, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";

/** The settings of an augmentation, each at the value that changes nothing where it is left out. */
export const augmentationSchema = v.strictObject({
  /** The chance, 0 to 1, that left and right are exchanged; default: 0, never. */
  flipHorizontal: v.optional(number({ from: 0, to: 1 }), 0),
  /** The chance, 0 to 1, that top and bottom are exchanged; default: 0, never. It turns the skin to the bottom. */
  flipVertical: v.optional(number({ from: 0, to: 1 }), 0),
  /** How far the image is magnified about its centre, `[low, high]`, from 0.1 to 10; default: [1, 1], not at all. */
  scale: v.optional(range(0.1, 10), [1, 1]),
  /** The greatest angle in degrees, 0 to 180, by which it is turned about its centre, to either side; default: 0. */
  rotation: v.optional(number({ from: 0, to: 180 }), 0),
  /** The most whole pixels by which it is moved, to either side and up or down; default: 0. */
  shift: v.optional(wholeNumber({ to: 2048 }), 0),
  /** What moves in from outside: the levels at the edge, or black. The mask always goes on with 0. Default: "edge". */
  fill: v.optional(oneOf(["edge", "black"]), "edge"),
  /** The exponent of the gray levels, `[low, high]`, from 0.1 to 10, above 1 darker; default: [1, 1], as they are. */
  gamma: v.optional(range(0.1, 10), [1, 1]),
  /** By what gray levels are spread about their mean, `[low, high]`, from 0 to 10; default: [1, 1], as they are. */
  contrast: v.optional(range(0, 10), [1, 1]),
  /**
   * The standard deviation of noise that multiplies each gray level: level · (1 + noise). 0 to 1, the same for every image, or
   * `[low, high]`, between which it is drawn for each: of noise that is always there, networks learn images as they never are when they
   * are tested. Default: 0. It stands for speckle, whose strength grows with the echo; unlike real speckle it is independent from
   * pixel to pixel.
   */
  speckle: v.optional(numberOrRange(0, 1), 0),
  /**
   * How the lesion's outline is moved, in pixels of the prepared size, as another reader or a network might have drawn it: at most by
   * `offset` outwards or inwards, and by waves with the standard deviation `waves`. Left out: not at all. A network that learns from one
   * reader's outlines reads the class in how they are drawn, and fails on others.
   */
  outline: v.optional(v.strictObject({ offset: number({ from: 0, to: 64 }), waves: number({ from: 0, to: 64 }) })),
  /**
   * Squares that are set to 0 in all planes but the size plane (DeVries and Taylor, "Improved regularization of
   * convolutional neural networks with cutout", 2017). `count`: how many, from 0; `side`: their side as a share of the
   * image's, 0 to 1. Their centres lie anywhere in the image. Default: none.
   */
  cutout: v.optional(v.strictObject({ count: wholeNumber({ to: 100 }), side: number({ from: 0, to: 1 }) }), {
    count: 0,
    side: 0.25,
  }),
});

/**
 * How training images are varied. Pixels are those of the prepared size. The steps are taken in the order in which they
 * stand here; all numbers between two bounds are equally likely.
 *
 * @interface
 */
export type AugmentationOptions = v.InferOutput<typeof augmentationSchema>;

/** Every setting at the value that changes nothing. */
export const augmentationDefaults: AugmentationOptions = checkAugmentation({});

/**
 * Fills an augmentation with its defaults and checks it.
 *
 * @param options The settings that differ from the defaults.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function checkAugmentation(options: Partial<AugmentationOptions>): AugmentationOptions {
  return checkOptions("The augmentation", augmentationSchema, options);
}

/** Says whether an augmentation changes gray levels as such, and not only their places. */
export function changesLevels({ gamma, contrast, speckle }: AugmentationOptions): boolean {
  return strongestSpeckle(speckle) > 0 || [...gamma, ...contrast].some((bound) => bound !== 1);
}

/** Gives the strongest speckle that an augmentation may draw. */
export function strongestSpeckle(speckle: AugmentationOptions["speckle"]): number {
  return typeof speckle === "number" ? speckle : speckle[1];
}

/**
 * Says whether an augmentation changes anything.
 *
 * @returns False where every setting is off.
 */
export function changesAnything(settings: AugmentationOptions): boolean {
  const { flipHorizontal, flipVertical, scale, rotation, shift, cutout, outline } = settings;
  const moves =
    flipHorizontal > 0 || flipVertical > 0 || scale.some((bound) => bound !== 1) || rotation > 0 || shift > 0;
  return moves || changesLevels(settings) || outline !== undefined || (cutout.count > 0 && cutout.side > 0);
}

type Range = readonly [low: number, high: number];

// A list of its own: what was given stays the caller's.
function copied([low, high]: Range): Range {
  return [low, high];
}

function isRange(given: unknown, least: number, most: number): given is Range {
  return Array.isArray(given) && given.length === 2 && least <= given[0] && given[0] <= given[1] && given[1] <= most;
}

function range(least: number, most: number) {
  const expected = `[low, high], both from ${least} to ${most}; [1, 1] turns it off`;
  return v.pipe(
    v.custom<Range>((given) => isRange(given, least, most), expected),
    v.transform(copied),
  );
}

function numberOrRange(least: number, most: number) {
  const isNumber = (given: unknown) => typeof given === "number" && given >= least && given <= most;
  return v.pipe(
    v.custom<number | Range>(
      (given) => isNumber(given) || isRange(given, least, most),
      `a number from ${least} to ${most}, or [low, high] of such`,
    ),
    v.transform((given) => (typeof given === "number" ? given : copied(given))),
  );
}
