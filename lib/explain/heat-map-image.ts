import { encode } from "fast-png";

import type { GrayImage } from "../display/images";
import { outlineOfMask } from "../pictures/mask";
import type { Mask } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import { heatColor } from "./heat-color";

/** An image with a heat map over it. */
export interface HeatMapImage extends Omit<GrayImage, "lines"> {
  /** The map, 0 to 1, in the image's size, `[height, width]` row by row: see `scaleHeatMaps`. */
  readonly map: Float32Array;
  /** The lesion, in the image's size, whose outline is drawn; null draws none. */
  readonly lesion: Mask | null;
}

/**
 * Writes an image with a heat map over it as a PNG file of 8 bits a channel: the larger the map's value, the more of a pixel is its colour
 * of viridis, and where it is 0 the image is as it is. The lesion's outline is white on top, in large images with a dark edge, so that
 * it shows on bright tissue.
 *
 * @param opacity How much of a pixel is colour where the map is 1, 0 to 1.
 * @throws {Problem} Where image, map and lesion differ in size, or the map leaves 0 to 1.
 */
export function encodeHeatMap(
  { pixels, map, lesion, height, width, caption }: HeatMapImage,
  opacity: number,
): Uint8Array {
  const count = height * width;
  const sizes = { image: pixels.length, "heat map": map.length, lesion: lesion?.pixels.length ?? count };
  for (const [name, size] of Object.entries(sizes)) {
    if (size === count) continue;
    throw new Problem(
      `${caption ?? "An image"}: its ${name} has ${size} pixels, expected ${height} × ${width} = ${count}.`,
      "Give all three in one size.",
    );
  }
  const beyond = map.find((value) => !(value >= 0 && value <= 1));
  if (beyond !== undefined) {
    throw new Problem(
      `${caption ?? "An image"}: its heat map has the value ${beyond}, expected 0 to 1.`,
      "Bring maps to that scale by scaleHeatMaps.",
    );
  }
  const data = new Uint8ClampedArray(count * 3);
  for (let pixel = 0; pixel < count; pixel++) {
    const gray = Math.min(1, Math.max(0, pixels[pixel]!)) * 255;
    data.set(heatColor(gray, map[pixel]!, opacity), pixel * 3);
  }
  if (lesion !== null) drawOutline(data, lesion);
  return encode({ data: new Uint8Array(data.buffer), width, height, channels: 3, depth: 8 });
}

/** From so many rows or columns on, an outline has a dark edge. */
const large = 128;

function drawOutline(data: Uint8ClampedArray, lesion: Mask): void {
  const outline = outlineOfMask(lesion).pixels;
  const paint = (pixel: number, level: number) => data.fill(level, pixel * 3, pixel * 3 + 3);
  const { width, height } = lesion;
  if (Math.min(width, height) >= large)
    for (const [pixel, on] of outline.entries()) {
      if (on === 0) continue;
      for (const beside of [pixel - 1, pixel + 1, pixel - width, pixel + width])
        if (beside >= 0 && beside < outline.length) paint(beside, 0);
    }
  for (const [pixel, on] of outline.entries()) if (on === 1) paint(pixel, 255);
}
