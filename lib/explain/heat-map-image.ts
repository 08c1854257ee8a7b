import { encode } from "fast-png";

import type { GrayImage } from "../display/images";
import { outlineOfMask } from "../pictures/mask";
import type { Mask } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import { viridis } from "./viridis";

/** An image with a heat map over it. */
export interface HeatMapImage extends Omit<GrayImage, "lines"> {
  /** The map, 0 to 1, in the image's size, `[height, width]` row by row: see `scaleHeatMaps`. */
  readonly map: Float32Array;
  /** The lesion, in the image's size, whose outline is drawn; null draws none. */
  readonly lesion: Mask | null;
}

/**
 * Writes an image with a heat map over it as a PNG file of 8 bits a channel: the gray levels shine through the colours of
 * viridis, and the lesion's outline is white on top.
 *
 * @param alpha How much of each pixel is colour, 0 to 1. It is the same everywhere, so that a dark colour is a small value.
 * @throws {Problem} Where image, map and lesion differ in size, or the map leaves 0 to 1.
 */
export function encodeHeatMap(
  { pixels, map, lesion, height, width, caption }: HeatMapImage,
  alpha: number,
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
  const outline = lesion === null ? null : outlineOfMask(lesion).pixels;
  const data = new Uint8ClampedArray(count * 3);
  for (let pixel = 0; pixel < count; pixel++) {
    const gray = Math.min(1, Math.max(0, pixels[pixel]!)) * 255;
    viridis(map[pixel]!).forEach((color, channel) => {
      data[pixel * 3 + channel] = outline?.[pixel] === 1 ? 255 : (1 - alpha) * gray + alpha * color;
    });
  }
  return encode({ data: new Uint8Array(data.buffer), width, height, channels: 3, depth: 8 });
}
