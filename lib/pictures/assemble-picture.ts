import type { Bitmap } from "./bitmap";
import type { Picture } from "./picture";

/** A picture as its file holds it. */
export interface DecodedPicture extends Picture {
  /** Channels of the file: 1 gray, 2 gray and alpha, 3 colour, 4 colour and alpha. A palette counts as what it stands for. */
  readonly channels: number;
  /** Bits of one channel: 8 or 16; files of fewer bits count as 8. */
  readonly bits: 8 | 16;
  /** Colours of 8 bits, `[height, width, 3]`; null where the file is gray. uint8. */
  readonly colors: Uint8Array | null;
}

/** How values lie in a decoded file. */
export interface PictureLayout {
  readonly width: number;
  readonly height: number;
  /** Numbers from one pixel to the next; alpha, if there is any, is the last. */
  readonly stride: number;
  readonly isGray: boolean;
  readonly bits: 8 | 16;
  readonly hasAlpha: boolean;
}

/**
 * Makes a picture of decoded values: colours become gray by the luminance of ITU-R BT.601, transparent pixels black.
 *
 * @param values The values, `[height, width, stride]`.
 */
export function assemblePicture(values: Uint8Array | Uint16Array, layout: PictureLayout): DecodedPicture {
  const { width, height, stride, isGray, bits, hasAlpha } = layout;
  const count = width * height;
  const scale = bits === 16 ? 65535 : 255;
  const pixels = new Float32Array(count);
  const colors = isGray ? null : new Uint8Array(count * 3);
  for (let pixel = 0; pixel < count; pixel++) {
    const place = pixel * stride;
    const share = hasAlpha ? values[place + stride - 1]! / scale : 1;
    const red = values[place]! * share;
    if (colors === null) {
      pixels[pixel] = red / scale;
      continue;
    }
    const green = values[place + 1]! * share;
    const blue = values[place + 2]! * share;
    // Equal channels are kept exactly: rounding would make two files of one picture differ.
    const gray = red === green && green === blue ? red : 0.299 * red + 0.587 * green + 0.114 * blue;
    pixels[pixel] = gray / scale;
    const toByte = 255 / scale;
    colors[pixel * 3] = Math.round(red * toByte);
    colors[pixel * 3 + 1] = Math.round(green * toByte);
    colors[pixel * 3 + 2] = Math.round(blue * toByte);
  }
  return { width, height, pixels, channels: (isGray ? 1 : 3) + (hasAlpha ? 1 : 0), bits, colors };
}

/** Makes a picture of a bitmap's colours; one whose colours are all gray counts as gray, as it is stored with a palette. */
export function pictureOfBitmap({ width, height, colors }: Bitmap): DecodedPicture {
  const picture = assemblePicture(colors, { width, height, stride: 3, isGray: false, bits: 8, hasAlpha: false });
  const isGray = colors.every((value, index) => value === colors[index - (index % 3)]);
  return isGray ? { ...picture, channels: 1, colors: null } : picture;
}
