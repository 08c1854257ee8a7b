import sharp from "sharp";

import { Problem } from "../runtime/problem";
import { decodeBitmap } from "./bitmap";
import { mostPixels, type Picture } from "./picture";

/** A picture as its file holds it. */
export interface DecodedPicture extends Picture {
  /** Channels of the file: 1 gray, 2 gray and alpha, 3 colour, 4 colour and alpha. A palette counts as what it stands for. */
  readonly channels: number;
  /** Bits of one channel: 8 or 16; files of fewer bits count as 8. */
  readonly bits: 8 | 16;
  /** Colours of 8 bits, `[height, width, 3]`; null where the file is gray. uint8. */
  readonly colors: Uint8Array | null;
}

/**
 * Decodes a picture file: PNG, JPEG, TIFF, WebP, GIF or BMP, of 8 or 16 bits, gray, colour or palette.
 * Colours become gray by the luminance of ITU-R BT.601, as in most other programs; transparent pixels are black. Profiles
 * are ignored. Images and masks alike are turned as their orientation mark (EXIF) says, as programs do in which masks are
 * drawn; which pixel belongs to which is then the same for both.
 *
 * @throws {Problem} Where the file is cut off, damaged, too large, none of these, or holds more than one picture.
 */
export async function decodePicture(bytes: Uint8Array, name: string): Promise<DecodedPicture> {
  if (bytes.length === 0) throw new Problem(`${name} is empty, expected a picture.`, "Copy or download it again.");
  try {
    const isBitmap = bytes[0] === 0x42 && bytes[1] === 0x4d;
    return isBitmap ? fromBitmap(bytes) : await fromOther(bytes, name);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    if (reason.includes("exceeds pixel limit")) {
      throw new Problem(
        `${name} has more than ${mostPixels} pixels, more than any ultrasound image.`,
        "Look whether it is the right file; if so, save it smaller.",
      );
    }
    throw new Problem(
      `${name} cannot be decoded as a picture (${reason}): it is cut off, damaged, or no PNG, JPEG, TIFF, WebP, GIF or BMP.`,
      "Copy or download it again.",
    );
  }
}

async function fromOther(bytes: Uint8Array, name: string): Promise<DecodedPicture> {
  const opened = sharp(bytes, { ignoreIcc: true, failOn: "error", limitInputPixels: mostPixels });
  const { space, depth, hasAlpha, pages, orientation } = await opened.metadata();
  if (depth !== "uchar" && depth !== "ushort") throw new Error(`its numbers are of the kind "${depth}"`);
  if ((pages ?? 1) > 1) {
    throw new Problem(
      `${name} holds ${pages} pictures, pages or frames, expected one.`,
      "Save the one that is meant as a file of its own; of a cine loop, give the DICOM file.",
    );
  }
  const file = (orientation ?? 1) > 1 ? opened.autoOrient() : opened;
  const bits = depth === "ushort" ? 16 : 8;
  const isGray = space === "b-w" || space === "grey16";
  // The library drops the transparency of gray pictures of 8 bits, unless they are made coloured.
  const inGray = isGray && !(hasAlpha && bits === 8);
  const colorSpace = inGray ? (bits === 16 ? "grey16" : "b-w") : bits === 16 ? "rgb16" : "srgb";
  const { data, info } = await file
    .toColourspace(colorSpace)
    .raw({ depth: bits === 16 ? "ushort" : "uchar" })
    .toBuffer({ resolveWithObject: true });
  const values = bits === 16 ? new Uint16Array(data.buffer, data.byteOffset, data.length / 2) : data;
  return assemble(values, { width: info.width, height: info.height, stride: info.channels, isGray, bits, hasAlpha });
}

function fromBitmap(bytes: Uint8Array): DecodedPicture {
  const { width, height, colors } = decodeBitmap(bytes);
  const picture = assemble(colors, { width, height, stride: 3, isGray: false, bits: 8, hasAlpha: false });
  // A gray palette is the usual way to store a gray bitmap.
  const isGray = colors.every((value, index) => value === colors[index - (index % 3)]);
  return isGray ? { ...picture, channels: 1, colors: null } : picture;
}

/** How values lie in a decoded file. */
interface Layout {
  readonly width: number;
  readonly height: number;
  /** Numbers from one pixel to the next; alpha, if there is any, is the last. */
  readonly stride: number;
  readonly isGray: boolean;
  readonly bits: 8 | 16;
  readonly hasAlpha: boolean;
}

function assemble(values: Uint8Array | Uint16Array, layout: Layout): DecodedPicture {
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
