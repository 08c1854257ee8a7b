import { needsLesion, needsMask, needsPixelSize, type PreparationOptions } from "../data/prepare/configuration";
import { normaliseInPlace } from "../data/prepare/normalise";
import { partOfPicture, prepareImage } from "../data/prepare/prepare-image";
import { commonPart } from "../data/prepare/region";
import type { Box, Mask, Picture } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import type { ReleaseCard } from "./card";
import type { Outline } from "../segment/outline";
import { lookAtPicture } from "./look-at-picture";

/** An image as a network takes it. */
export interface ModelInput {
  /** The numbers, normalised, `[size, size, channels]` row by row. float32. */
  readonly values: Float32Array;
  /** What of the picture they show, in its pixels; what was added to make it square may reach beyond the picture. */
  readonly part: Box;
  readonly warnings: readonly string[];
  /** The lesion as a segmentation found it; left out where it was given, or is not needed. */
  readonly outline?: Outline;
}

/** A picture in memory, and where its lesion is, as far as that is known. */
export interface PictureToPrepare {
  /** How messages name it. */
  readonly id: string;
  readonly picture: Picture;
  readonly box: Box | undefined;
  /** The mask, in the picture's size. Where there is one, the box is not used. */
  readonly mask: Mask | null;
  /** Millimetres from one pixel to the next; undefined where that is not known. */
  readonly pixelSize?: number | undefined;
}

/**
 * Makes a network's input of a picture in memory, by the very functions that prepared the images of the training; in Node and in
 * a page of a browser alike.
 *
 * @throws {Problem} Where the picture is none, the lesion or the pixel size is needed and not given, or the box does not fit the picture.
 */
export function makeInput(
  { id, picture, box, mask: given, pixelSize }: PictureToPrepare,
  { name, preparation, normalisation }: Pick<ReleaseCard, "name" | "preparation" | "normalisation">,
): ModelInput {
  requireLesion(name, preparation, box, given);
  requirePixelSize(name, preparation, pixelSize);
  checkPicture(picture, id);
  const needed = needsLesion(preparation);
  const mask = needed ? given : null;
  if (needed && mask === null) checkBox(box!, picture, id);
  const raw = { id, picture, mask, box: needed ? box : undefined, pixelSize };
  const values = prepareImage(raw, preparation);
  normaliseInPlace(values, normalisation);
  return {
    values,
    part: partOfPicture(raw, preparation),
    warnings: lookAtPicture(picture, preparation, box),
  };
}

/**
 * Requires what a preparation needs to know of the lesion.
 *
 * @throws {Problem} Where it was not given.
 */
export function requireLesion(name: string, preparation: PreparationOptions, box?: Box, mask?: unknown): void {
  if (needsMask(preparation) && (mask ?? null) === null) {
    throw new Problem(
      `${name} takes a plane with the lesion's mask, and none was given.`,
      `Give its file: predict("image.png", { mask: "mask.png" }).`,
    );
  }
  if (needsLesion(preparation) && (mask ?? null) === null && box === undefined) {
    throw new Problem(
      `${name} looks at the lesion and its surroundings, and was not told where the lesion is.`,
      `Give its box or its mask: predict("image.png", { box: { left: 120, top: 80, width: 60, height: 40 } }).`,
    );
  }
}

function requirePixelSize(name: string, preparation: PreparationOptions, pixelSize: number | undefined): void {
  if (!needsPixelSize(preparation)) return;
  if (pixelSize === undefined) {
    throw new Problem(
      `${name} looks at a part of the picture in millimetres, and was not told how long a pixel is.`,
      `Give the millimetres from one pixel to the next: predict("image.png", { pixelSize: 0.08, box: … }).`,
    );
  }
  if (Number.isFinite(pixelSize) && pixelSize >= 0.001 && pixelSize <= 10) return;
  throw new Problem(
    `The pixel size is ${pixelSize} mm, expected 0.001 to 10.`,
    "Give the millimetres from one pixel to the next: 0.08, for example.",
  );
}

function checkPicture({ width, height, pixels }: Picture, id: string): void {
  if (pixels.length !== width * height || pixels.length === 0) {
    throw new Problem(
      `${id} has ${pixels.length} pixels, expected ${height} × ${width} = ${height * width}.`,
      "Give its gray levels row by row.",
    );
  }
  const bad = pixels.find((level) => !(level >= 0 && level <= 1));
  if (bad !== undefined) {
    throw new Problem(`${id} has the gray level ${bad}, expected 0 to 1.`, "Divide levels of 8 bits by 255.");
  }
}

/**
 * Checks that a box is one of a picture.
 *
 * @throws {Problem} Where it is not in whole pixels, or lies mostly outside.
 */
export function checkBox(box: Box, picture: Picture, id: string): void {
  const { left, top, width, height } = box;
  const whole = [left, top, width, height].every(Number.isInteger) && width >= 1 && height >= 1;
  const inside = whole ? commonPart(box, { left: 0, top: 0, width: picture.width, height: picture.height }) : null;
  // A box may reach a little beyond the picture; one that lies mostly outside is of another picture, or in other units.
  if (inside !== null && 2 * inside.width * inside.height >= width * height) return;
  throw new Problem(
    `The box ${JSON.stringify(box)} was given for ${id}, a picture of ${picture.width} × ${picture.height} pixels.`,
    "Give left, top, width and height in whole pixels of the picture, width and height from 1; at least half of the box must lie in the picture.",
  );
}
