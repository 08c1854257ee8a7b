import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";

import type { ImageRecord, Label } from "../../../lib/data/records/record";
import type { Mask, Picture } from "../../../lib/pictures/picture";

/** A picture with strong detail, of whole gray levels from 0 to 255, divided by 255. */
export function drawPicture(width: number, height: number, variant = 0): Picture {
  const pixels = Float32Array.from({ length: width * height }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    return ((37 * column + 91 * row + 13 * column * row + 29 * variant) % 256) / 255;
  });
  return { width, height, pixels };
}

/** The mask of an ellipse: its centre and half its axes. */
export function drawMask(width: number, height: number, [x, y, across, down]: readonly number[]): Mask {
  const pixels = Uint8Array.from({ length: width * height }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    return ((column - x!) / across!) ** 2 + ((row - y!) / down!) ** 2 <= 1 ? 1 : 0;
  });
  return { width, height, pixels };
}

/** Writes a picture or a mask, whose brightest level is 1, as a PNG of 8 bits. */
export function writePng(path: string, { width, height, pixels }: Picture | Mask): void {
  const data = Uint8Array.from(pixels, (level) => Math.round(level * 255));
  writeFileSync(path, encode({ width, height, data, channels: 1, depth: 8 }));
}

/** Writes images of 40 × 30 pixels with a lesion each, and lists them; labels take turns. */
export function writeExamples(
  folder: string,
  count: number,
  labelOf: (index: number) => Label = (index) => (index % 2 === 0 ? "benign" : "malignant"),
): ImageRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const id = `image ${index}`;
    const [image, mask] = [join(folder, `${id}.png`), join(folder, `${id} mask.png`)];
    writePng(image, drawPicture(40, 30, index));
    writePng(mask, drawMask(40, 30, [18 + (index % 5), 14, 6 + (index % 3), 4]));
    return {
      id,
      image: { kind: "file", path: image },
      masks: [{ kind: "file", path: mask }],
      label: labelOf(index),
    };
  });
}

/** Waits until the clock by which the system dates files has moved: it does so in steps of some milliseconds. */
export const waitForFileClock = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
