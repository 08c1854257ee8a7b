import { decode as decodeBitmap } from "bmp-ts";
import sharp from "sharp";

import { Problem } from "../runtime/problem";
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
 * Decodes a picture file: PNG, JPEG, TIFF, WebP, GIF (its first picture) or BMP, of 8 or 16 bits, gray, colour or palette.
 * Colours become gray by the luminance of ITU-R BT.601, as in most other programs; transparent pixels are black. Profiles
 * and orientation marks are ignored, so that a mask fits its image pixel by pixel.
 *
 * @throws {Problem} Where the file is cut off, damaged, or none of these.
 */
export async function decodePicture(bytes: Uint8Array, name: string): Promise<DecodedPicture> {
  if (bytes.length === 0) throw new Problem(`${name} is empty, expected a picture.`, "Copy or download it again.");
  try {
    const isBitmap = bytes[0] === 0x42 && bytes[1] === 0x4d;
    return isBitmap ? fromBitmap(bytes) : await fromOther(bytes);
  } catch (error) {
    if (error instanceof Problem) throw error;
    const reason = (error as Error).message.replaceAll(/\s+/g, " ");
    throw new Problem(
      `${name} cannot be decoded as a picture (${reason}): it is cut off, damaged, or no PNG, JPEG, TIFF, WebP, GIF or BMP.`,
      "Copy or download it again.",
    );
  }
}

async function fromOther(bytes: Uint8Array): Promise<DecodedPicture> {
  const file = sharp(bytes, { ignoreIcc: true, failOn: "error", limitInputPixels: mostPixels });
  const { space, depth, hasAlpha } = await file.metadata();
  if (depth !== "uchar" && depth !== "ushort") throw new Error(`its numbers are of the kind "${depth}"`);
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

// The library gives alpha, blue, green and red of each pixel. Bitmaps have no transparency that anyone relies on.
function fromBitmap(bytes: Uint8Array): DecodedPicture {
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stated = bytes.length >= 26 ? Math.abs(header.getInt32(18, true)) * Math.abs(header.getInt32(22, true)) : NaN;
  if (!(stated > 0 && stated <= mostPixels)) throw new Error(`its header states ${stated} pixels`);
  const start = header.getUint32(10, true);
  const bitsEach = header.getUint16(28, true);
  const compressed = header.getUint32(30, true) === 1 || header.getUint32(30, true) === 2;
  if (!compressed && bytes.length < start + (stated * bitsEach) / 8) throw new Error("its pixels are cut off");
  const { data, width, height } = decodeBitmap(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const values = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) values[pixel * 3 + channel] = data[pixel * 4 + 3 - channel]!;
  }
  const picture = assemble(values, { width, height, stride: 3, isGray: false, bits: 8, hasAlpha: false });
  // A gray palette is the usual way to store a gray bitmap.
  const isGray = values.every((value, index) => value === values[index - (index % 3)]);
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
