import type { Box } from "../../pictures/picture";
import { mean, standardDeviation } from "../../statistics/summary";
import type { Seen } from "../inspect/inspection";
import type { ImageRecord } from "../records/record";

/** An image that can be read: what its set says of it, and what was seen of it. */
export interface SeenImage {
  readonly record: ImageRecord;
  readonly seen: Seen;
}

/**
 * Finds the lesion's box.
 *
 * @returns The box as the set states it, else that of the mask, in pixels; null where there is neither.
 */
export function lesionBoxOf({ record, seen }: SeenImage): Box | null {
  return record.box ?? seen.lesion?.box ?? null;
}

/**
 * Describes the lesion's box, and nothing inside it.
 *
 * @returns Width and height as shares of the image's, area as a share of the image's, and height by width; null without a
 *   box.
 */
export function boxGeometryOf(image: SeenImage): number[] | null {
  const sides = sidesOf(image);
  if (sides === null) return null;
  const { width, height } = image.seen;
  const [across, down] = sides;
  return [across / width, down / height, (across * down) / (width * height), down / Math.max(1, across)];
}

/**
 * Measures how much of the image the lesion's box takes.
 *
 * @returns One number, the share of its area; null without a box.
 */
export function boxShareOf(image: SeenImage): number[] | null {
  const sides = sidesOf(image);
  return sides === null ? null : [(sides[0] * sides[1]) / (image.seen.width * image.seen.height)];
}

/**
 * Measures how bright the picture is, and how far its gray levels differ.
 *
 * @returns Mean and standard deviation of the thumbnail's gray levels, 0 to 255.
 */
export function grayLevelsOf({ seen }: SeenImage): number[] {
  const levels = [...Buffer.from(seen.thumbnail, "base64")];
  return [mean(levels), standardDeviation(levels, 0)];
}

// From the first pixel to the last, as BUS-BRA states boxes.
function sidesOf(image: SeenImage): [across: number, down: number] | null {
  const box = lesionBoxOf(image);
  return box === null ? null : [box.width - 1, box.height - 1];
}
