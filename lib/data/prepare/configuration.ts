import { createHash } from "node:crypto";

import { canonicalJson } from "../../files/canonical-json";
import { withDefaults } from "../../runtime/options";
import { Problem } from "../../runtime/problem";

/**
 * Which part of the picture is kept. The lesion's box is the smallest that holds its mask; for a record without masks it
 * is the box that the data set states.
 *
 * - `box`: the lesion's box, and `margin` more on each of its four sides. In percent: of the box's width on the left and
 *   right, of its height above and below.
 * - `square`: a square around the centre of the lesion's box, whose side is the box's longer side and `margin` more at
 *   both ends. In percent: of the longer side.
 * - `whole`: all of it; no lesion needs to be known.
 */
export type RegionOfInterest =
  | { readonly kind: "box" | "square"; readonly margin: number; readonly unit: "pixels" | "percent" }
  | { readonly kind: "whole" };

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
export type Channel = "gray" | "mask" | "gray × mask" | "size";

/**
 * How pictures become numbers for a network. The steps are taken in the order in which they stand here.
 */
export interface PreparationOptions {
  /** Which part of the picture is kept; default: a square, 10 pixels beyond the lesion on each side. */
  region: RegionOfInterest;
  /**
   * What becomes of a region that reaches beyond the picture; default: "shift".
   *
   * - `shift`: it is moved inside, so that it is filled with tissue. What is still too long is cut off.
   * - `cut`: what lies outside is cut off.
   * - `fill`: it stays where it is, and what lies outside is filled as `padding` says.
   */
  beyond: "shift" | "cut" | "fill";
  /**
   * The percentiles, 0 to 100, of the region's gray levels that become 0 and 1; what lies beyond them is clipped. Only
   * pixels of the picture count, none that were filled. A region without any contrast stays as it is. Null: levels stay
   * as they are. Default: 5 and 95.
   */
  stretch: { readonly low: number; readonly high: number } | null;
  /**
   * With what an oblong region is made square, equally on both sides: with black, or with the levels at its edge. The
   * mask is always continued with 0. "none": nothing is added, and resizing changes the proportions. Default: "edge",
   * which draws no border that would tell a network of the lesion's size.
   */
  padding: "black" | "edge" | "none";
  /** Rows and columns of the result, from 1 to 2048; default: 64. */
  size: number;
  /**
   * How gray levels are resized, with anti-aliasing; default: "bicubic". What it makes below 0 or above 1 is clipped. The
   * mask is resized with "bilinear", which never goes beyond.
   */
  filter: "bicubic" | "bilinear" | "box";
  /** The planes of the result, in this order, at least one; a plane may be named several times. Default: gray alone. */
  channels: readonly Channel[];
}

/** Every setting with its default. */
export const preparationDefaults: PreparationOptions = {
  region: { kind: "square", margin: 10, unit: "pixels" },
  beyond: "shift",
  stretch: { low: 5, high: 95 },
  padding: "edge",
  size: 64,
  filter: "bicubic",
  channels: ["gray"],
};

/** Raised whenever the same settings would give other numbers than before, so that no cache of the old ones is used. */
const version = 1;

/**
 * Fills a preparation with its defaults and checks it.
 *
 * @param options The settings that differ from the defaults.
 * @returns Every setting, as plain data.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function checkPreparation(options: Partial<PreparationOptions>): PreparationOptions {
  const settings = withDefaults("The preparation", options, preparationDefaults);
  const { region, beyond, stretch, padding, size, filter, channels } = settings;
  checkRegion(region);
  checkChoice("beyond", beyond, ["shift", "cut", "fill"]);
  checkChoice("padding", padding, ["black", "edge", "none"]);
  checkChoice("filter", filter, ["bicubic", "bilinear", "box"]);
  if (beyond === "fill" && padding === "none") {
    throw new Problem(
      `The preparation has beyond: "fill" and padding: "none": nothing says with what to fill.`,
      `Choose padding: "black" or "edge", or beyond: "shift".`,
    );
  }
  if (stretch !== null) {
    checkKeys("stretch", stretch, ["low", "high"]);
    if (!(stretch.low >= 0 && stretch.low < stretch.high && stretch.high <= 100)) {
      throw new Problem(
        `The preparation has stretch: ${JSON.stringify(stretch)}, expected two percentiles from 0 to 100, low below high.`,
        "The usual ones are { low: 5, high: 95 }; null leaves the levels as they are.",
      );
    }
  }
  if (!Number.isInteger(size) || size < 1 || size > 2048) {
    throw new Problem(
      `The preparation has size: ${String(size)}, expected a whole number from 1 to 2048.`,
      "The usual ones are 64 and 224.",
    );
  }
  if (!Array.isArray(channels) || channels.length === 0) {
    throw new Problem(
      `The preparation has channels: ${JSON.stringify(channels)}, expected a list of at least one.`,
      `["gray"] is the simplest.`,
    );
  }
  for (const channel of settings.channels) checkChoice("channels", channel, ["gray", "mask", "gray × mask", "size"]);
  return structuredClone(settings);
}

/**
 * Hashes a preparation, to tell whether two are the same.
 *
 * @param options The settings; those left out count as their defaults.
 * @returns SHA-256 in 64 hexadecimal digits, of the settings and of the version of the code that carries them out.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function hashPreparation(options: Partial<PreparationOptions>): string {
  const content = canonicalJson({ version, preparation: checkPreparation(options) });
  return createHash("sha256").update(content).digest("hex");
}

/**
 * Says whether a preparation must know the mask of each image: a box is not enough.
 *
 * @param settings The preparation.
 * @returns True where the mask is one of its planes, or a factor of one.
 */
export function needsMask({ channels }: Pick<PreparationOptions, "channels">): boolean {
  return channels.includes("mask") || channels.includes("gray × mask");
}

/**
 * Says whether a preparation must know where the lesion of each image is, by its mask or by its box.
 *
 * @param settings The preparation.
 * @returns True where a region or a plane depends on it.
 */
export function needsLesion(settings: Pick<PreparationOptions, "channels" | "region">): boolean {
  return settings.region.kind !== "whole" || settings.channels.includes("size") || needsMask(settings);
}

function checkRegion(region: RegionOfInterest): void {
  checkChoice("region.kind", region.kind, ["box", "square", "whole"]);
  if (region.kind === "whole") {
    checkKeys("region", region, ["kind"]);
    return;
  }
  checkKeys("region", region, ["kind", "margin", "unit"]);
  checkChoice("region.unit", region.unit, ["pixels", "percent"]);
  if (!(region.margin >= 0 && region.margin <= 1000)) {
    throw new Problem(
      `The preparation has region.margin: ${String(region.margin)}, expected a number from 0 to 1000.`,
      "A usual one is 10 pixels.",
    );
  }
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (choices.includes(value)) return;
  throw new Problem(
    `The preparation has ${name}: ${JSON.stringify(value)}.`,
    `Choose one of ${choices.map((choice) => JSON.stringify(choice)).join(", ")}.`,
  );
}

function checkKeys(name: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      throw new Problem(`The preparation's ${name} has no setting "${key}".`, `It takes ${known.join(", ")}.`);
    }
  }
}
