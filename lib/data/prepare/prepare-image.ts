import { areaOfMask, boxOfMask } from "../../pictures/mask";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { resize } from "../../pictures/resize";
import { Problem } from "../../runtime/problem";
import { joinChannels, lesionSizeOf } from "./channels";
import { needsLesion, needsMask, needsPixelSize, type PreparationOptions } from "./configuration";
import { cutOut } from "./cut-out";
import { matchLevels } from "./match-levels";
import { commonPart, placeRegion, squareAround } from "./region";
import { stretch } from "./stretch";

/** What of an image a preparation starts from. */
export interface RawImage {
  readonly id: string;
  readonly picture: Picture;
  /** Its lesion; null where it has no mask, or none is needed. */
  readonly mask: Mask | null;
  /** The lesion's box as the data set states it, used where there is no mask. */
  readonly box?: Box | undefined;
  /** What the region is placed around, as far as it lies in the picture; left out: the lesion's box. */
  readonly around?: Box | undefined;
  /** Millimetres from one pixel to the next; needed where the region is in millimetres. */
  readonly pixelSize?: number | undefined;
}

/**
 * Prepares one image: region, stretch, match, padding, size, channels, in this order.
 *
 * @returns The image, `[size, size, channels]` row by row, from 0 to 1. float32.
 * @throws {Problem} Where the preparation needs a lesion, a mask or a pixel size that the image does not have.
 */
export function prepareImage(image: RawImage, settings: PreparationOptions): Float32Array {
  const { picture, mask } = image;
  const { padding, size, filter, channels } = settings;
  const { lesion, inside, square } = placeImage(image, settings);
  const padded = { ...square, left: square.left - inside.left, top: square.top - inside.top };

  const tissue = cutOut(picture, inside, "black");
  const stretched = settings.stretch === null ? tissue : stretch(tissue, settings.stretch);
  const matched = settings.match === undefined ? stretched : matchLevels(stretched, settings.match);
  const gray = resize(cutOut(matched, padded, padding === "edge" ? "edge" : "black"), size, size, { filter }).pixels;
  clip(gray);

  let maskPlane: Float32Array | null = null;
  if (needsMask(settings) && mask !== null) {
    const levels = { ...mask, pixels: Float32Array.from(mask.pixels) };
    maskPlane = resize(cutOut(levels, square, "black"), size, size, { filter: "bilinear" }).pixels;
    clip(maskPlane);
  }
  const lesionSize = lesion === null ? null : lesionSizeOf(lesion.area, picture);
  return joinChannels(channels, { gray, mask: maskPlane, lesionSize });
}

/**
 * Says which part of a picture {@link prepareImage} makes its result of.
 *
 * @returns The part, in the picture's pixels; what is added to make it square may reach beyond the picture.
 * @throws {Problem} Where the preparation needs a lesion, a mask or a pixel size that the image does not have.
 */
export function partOfPicture(image: RawImage, settings: PreparationOptions): Box {
  return placeImage(image, settings).square;
}

function placeImage(image: RawImage, settings: PreparationOptions) {
  const { width, height } = image.picture;
  if (needsPixelSize(settings) && image.pixelSize === undefined) throw withoutPixelSize([image.id]);
  const whole = { left: 0, top: 0, width, height };
  const lesion = needsLesion(settings) ? findLesion(image, settings) : null;
  const around = lesion === null ? null : ((image.around && commonPart(image.around, whole)) ?? lesion.box);
  const region = placeRegion(settings, around, image.picture, image.pixelSize);
  // A region around a lesion inside the picture always has a part in it.
  const inside = commonPart(region, whole)!;
  return { lesion, inside, square: settings.padding === "none" ? region : squareAround(region) };
}

function findLesion({ id, picture, mask, box }: RawImage, settings: PreparationOptions): { box: Box; area: number } {
  if (mask !== null) {
    if (mask.width !== picture.width || mask.height !== picture.height) {
      throw new Problem(
        `${id}: its mask has ${mask.width} × ${mask.height} pixels, its picture ${picture.width} × ${picture.height}.`,
        "The mask belongs to another picture, or one of them was resized: correct the files.",
      );
    }
    const found = boxOfMask(mask);
    if (found === null) throw lacks(id, "its mask is empty");
    return { box: found, area: areaOfMask(mask) };
  }
  if (needsMask(settings)) throw lacks(id, "it has no mask, and a box is not enough for a mask channel");
  if (box === undefined) throw lacks(id, "it has neither a mask nor a box");
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const inside = commonPart(box, whole);
  if (inside === null) throw lacks(id, `its box ${JSON.stringify(box)} lies outside of the picture`);
  return { box: inside, area: (Math.PI / 4) * inside.width * inside.height };
}

function lacks(id: string, why: string): Problem {
  return new Problem(
    `${id} cannot be prepared: the preparation needs its lesion, but ${why}.`,
    `Leave such images out with { onError: "leave-out" }, or prepare with region: { kind: "whole" } and channels: ["gray"].`,
  );
}

/**
 * Says of which images the pixel size is not known, where a region in millimetres needs it.
 *
 * @param ids Their names, at least one.
 */
export function withoutPixelSize(ids: readonly string[]): Problem {
  const [shown, more] = [ids.slice(0, 3), ids.length - 3];
  const named = `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return new Problem(
    `The pixel size of ${named} is not known, and the preparation takes a region in millimetres.`,
    "State it, in a column pixelSize of the set's table, in millimetres; leave such images out; or take a region in pixels or percent.",
  );
}

function clip(levels: Float32Array): void {
  for (let pixel = 0; pixel < levels.length; pixel++) {
    const level = levels[pixel]!;
    if (level < 0) levels[pixel] = 0;
    else if (level > 1) levels[pixel] = 1;
  }
}
