import sharp from "sharp";

import { Problem } from "../runtime/problem";
import { assemblePicture, pictureOfBitmap, type DecodedPicture } from "./assemble-picture";
import { decodeBitmap } from "./bitmap";
import { mostPixels } from "./picture";

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
    return isBitmap ? pictureOfBitmap(decodeBitmap(bytes)) : await fromOther(bytes, name);
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
  return assemblePicture(values, {
    width: info.width,
    height: info.height,
    stride: info.channels,
    isGray,
    bits,
    hasAlpha,
  });
}
