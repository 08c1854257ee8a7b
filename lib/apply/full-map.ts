import { encode } from "fast-png";

import { cutOut } from "../data/prepare/cut-out";
import { outlineColors } from "../display/colors";
import { heatColor } from "../explain/heat-color";
import { outlineOfMask } from "../pictures/mask";
import type { Box, Mask, Picture } from "../pictures/picture";
import { resize } from "../pictures/resize";

/** Columns between the two pictures. */
const gap = 8;
/** What shows how far the network has looked. */
const frameLevel = 160;
/** The lesion's line, red, green and blue: where it was given, and where it was found. */
const [givenLine, foundLine] = [
  [255, 255, 255],
  [1, 3, 5].map((place) => Number.parseInt(outlineColors.found.slice(place, place + 2), 16)),
] as const;

/** A heat map, and what it is of. */
export interface FullMap {
  readonly picture: Picture;
  /** The map, 0 to 1, as large as the network's input. */
  readonly map: Picture;
  /** What of the picture the network has seen; it may reach beyond the picture. */
  readonly part: Box;
  /** The lesion, whose outline is drawn; null draws none. */
  readonly lesion: Mask | null;
  /** Whether a network has found it: its line then has the colour of found ones. Default: false, it is white. */
  readonly isFound?: boolean;
}

/**
 * Writes a picture and, beside it, the same with its heat map, both in full resolution, as a PNG file. The colours lie over what
 * the network has seen, which has a gray frame; the rest of the picture stays as it is.
 *
 * @returns The file, of twice the picture's width and 8 columns.
 */
export function encodeFullMap({ picture, map, part, lesion, isFound = false }: FullMap): Uint8Array {
  const { width, height, pixels } = picture;
  const large = resize(map, part.width, part.height, { filter: "bilinear" });
  const place = { left: -part.left, top: -part.top, width, height };
  const heat = cutOut(large, place, "black").pixels;
  const outline = lesion === null ? null : outlineOfMask(lesion).pixels;
  const line = isFound ? foundLine : givenLine;
  const full = 2 * width + gap;
  const data = new Uint8Array(full * height * 3).fill(255);
  const [right, bottom] = [part.left + part.width - 1, part.top + part.height - 1];
  for (let row = 0; row < height; row++) {
    const down = row >= part.top && row <= bottom;
    for (let column = 0; column < width; column++) {
      const pixel = row * width + column;
      const gray = Math.round(Math.min(1, Math.max(0, pixels[pixel]!)) * 255);
      const target = (row * full + column) * 3;
      data.fill(gray, target, target + 3);
      const beside = target + (width + gap) * 3;
      const seen = down && column >= part.left && column <= right;
      const edge = row === part.top || row === bottom || column === part.left || column === right;
      if (outline?.[pixel] === 1) data.set(line, beside);
      else if (!seen) data.fill(gray, beside, beside + 3);
      else if (edge) data.fill(frameLevel, beside, beside + 3);
      else {
        const color = heatColor(gray, heat[pixel]!);
        for (let channel = 0; channel < 3; channel++) data[beside + channel] = Math.round(color[channel]!);
      }
    }
  }
  return encode({ data, width: full, height, channels: 3, depth: 8 });
}
