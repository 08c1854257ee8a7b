import * as v from "valibot";

import { agreement, listOf, nullable, number, oneOf, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";

const regionOfInterest = v.variant("kind", [
  v.strictObject({
    kind: oneOf(["box", "square"]),
    margin: number({ from: 0, to: 1000 }),
    unit: oneOf(["pixels", "percent", "millimetres"]),
  }),
  v.strictObject({ kind: v.literal("window"), side: number({ from: 1, to: 500 }) }),
  v.strictObject({ kind: v.literal("whole") }),
]);

/**
 * Which part of the picture is kept. The lesion's box is the smallest that holds its mask; for a record without masks it
 * is the box that the data set states.
 *
 * - `box`: the lesion's box, and `margin` more on each of its four sides. In percent: of the box's width on the left and
 *   right, of its height above and below.
 * - `square`: a square around the centre of the lesion's box, whose side is the box's longer side and `margin` more at
 *   both ends. In percent: of the longer side.
 * - `window`: a square of `side` millimetres, 1 to 500, around the centre of the lesion's box, whatever the lesion's size. With
 *   `beyond: "fill"` a pixel of the result is as long in every image: lesions keep their size.
 * - `whole`: all of it; no lesion needs to be known.
 *
 * Millimetres are told by each image's pixel size; images of which it is not known are refused.
 */
export type RegionOfInterest = v.InferOutput<typeof regionOfInterest>;

/** The planes that a prepared image may have. */
export const channelNames = ["gray", "mask", "gray × mask", "size"] as const;

const channel = oneOf(channelNames);

/**
 * One plane of a prepared image, all from 0 to 1.
 *
 * - `gray`: the gray levels.
 * - `mask`: which share of the pixel is lesion.
 * - `gray × mask`: the product of the two, pixel by pixel at the prepared size.
 * - `size`: a constant, the square root of the lesion's share of the whole picture's area. It is a ratio of lengths, 0.5
 *   for a lesion half as long and half as wide as the picture, and tells what is lost when lesions are resized to one
 *   size. Of a lesion known by its box alone, the area is that of the ellipse in the box.
 */
export type Channel = v.InferOutput<typeof channel>;

const percentile = () => number({ from: 0, to: 100 });

/** The settings of a preparation, by their names. */
const preparationEntries = {
  /** Which part of the picture is kept; default: a square, 10 pixels beyond the lesion on each side. */
  region: v.optional(regionOfInterest, { kind: "square", margin: 10, unit: "pixels" }),
  /**
   * What becomes of a region that reaches beyond the picture; default: "shift".
   *
   * - `shift`: it is moved inside, so that it is filled with tissue. What is still too long is cut off.
   * - `cut`: what lies outside is cut off.
   * - `fill`: it stays where it is, and what lies outside is filled as `padding` says.
   */
  beyond: v.optional(oneOf(["shift", "cut", "fill"]), "shift"),
  /**
   * The percentiles, 0 to 100, of the region's gray levels that become 0 and 1; what lies beyond them is clipped. Only
   * pixels of the picture count, none that were filled. A region without any contrast stays as it is. Null: levels stay
   * as they are. Default: 5 and 95.
   */
  stretch: v.optional(
    nullable(
      v.pipe(
        v.strictObject({ low: percentile(), high: percentile() }),
        agreement(
          "high",
          ({ low, high }) => low < high,
          ({ low }) => `a number above low, ${low}`,
        ),
      ),
    ),
    { low: 5, high: 95 },
  ),
  /**
   * The distribution that the region's gray levels are given after the stretch, by its quantiles at equal steps from the
   * share 0 to the share 1: at least two levels, 0 to 1, that never fall. [0, 1] is the uniform one, [0, 0.4, 1] has the
   * median 0.4; between two quantiles, levels lie evenly. Each level goes to the quantile of its middle rank, so that order
   * and equal levels stay. Only pixels of the picture count, and a region without any contrast stays as it is. Left out:
   * levels are as the stretch leaves them.
   */
  match: v.optional(
    v.pipe(
      listOf(number({ from: 0, to: 1 }), { least: 2 }),
      v.check(
        (levels) =>
          levels.every((level, place) => place === 0 || level >= levels[place - 1]!) && levels[0]! < levels.at(-1)!,
        "quantiles that never fall, the last one above the first: [0, 1], for example",
      ),
    ),
  ),
  /**
   * With what an oblong region is made square, equally on both sides: with black, or with the levels at its edge. The
   * mask is always continued with 0. "none": nothing is added, and resizing changes the proportions. Default: "edge",
   * which draws no border that would tell a network of the lesion's size.
   */
  padding: v.optional(oneOf(["black", "edge", "none"]), "edge"),
  /** Rows and columns of the result, from 1 to 2048; default: 64. */
  size: v.optional(wholeNumber({ from: 1, to: 2048 }), 64),
  /**
   * How gray levels are resized, with anti-aliasing; default: "bicubic". What it makes below 0 or above 1 is clipped.
   * The mask is resized with "bilinear", which never goes beyond.
   */
  filter: v.optional(oneOf(["bicubic", "bilinear", "box"]), "bicubic"),
  /** The planes of the result, in this order, at least one; a plane may be named several times. Default: gray alone. */
  channels: v.optional(listOf(channel, { least: 1 }), ["gray"]),
};

/** The settings of a preparation. */
export const preparationSchema = v.pipe(
  v.strictObject(preparationEntries),
  agreement(
    "padding",
    ({ beyond, padding }) => beyond !== "fill" || padding !== "none",
    () => '"black" or "edge", with which beyond: "fill" fills',
  ),
);

/** What a file has to say of a preparation: all of it, as defaults may be others in a later version. */
export const statedPreparationSchema = v.strictObject({
  ...v.required(v.strictObject(preparationEntries)).entries,
  // What is left out changes nothing, now and later.
  match: preparationEntries.match,
});

/** How pictures become numbers for a network. The steps are taken in the order in which they stand here. @interface */
export type PreparationOptions = v.InferOutput<typeof preparationSchema>;

/** Every setting with its default. */
export const preparationDefaults: PreparationOptions = checkPreparation({});

/**
 * Fills a preparation with its defaults and checks it.
 *
 * @param options The settings that differ from the defaults.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function checkPreparation(options: Partial<PreparationOptions>): PreparationOptions {
  return checkOptions("The preparation", preparationSchema, options);
}

/** Says whether a preparation must know the mask of each image: a box is not enough. */
export function needsMask({ channels }: Pick<PreparationOptions, "channels">): boolean {
  return channels.includes("mask") || channels.includes("gray × mask");
}

/** Says whether a preparation must know where the lesion of each image is, by its mask or by its box. */
export function needsLesion(settings: Pick<PreparationOptions, "channels" | "region">): boolean {
  return settings.region.kind !== "whole" || settings.channels.includes("size") || needsMask(settings);
}

/** Says whether a preparation must know how long a pixel of each image is. */
export function needsPixelSize({ region }: Pick<PreparationOptions, "region">): boolean {
  return region.kind === "window" || (region.kind !== "whole" && region.unit === "millimetres");
}
