import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { brightestOf } from "../../pictures/brightest";
import type { DecodedPicture } from "../../pictures/assemble-picture";
import { decodePicture } from "../../pictures/decode-picture";
import { maskOfPicture, uniteMasks } from "../../pictures/mask";
import type { Mask, Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import { phantomAt, type Phantom } from "../phantom/phantom";
import { readArrayImage } from "./array-image";
import { readScan, readScanMask } from "./scan-image";
import type { ImageRecord, PixelSource } from "./record";

/**
 * Reads the gray picture of a record.
 *
 * @throws {Problem} Where the file is missing, damaged, or not an image; the message names it.
 */
export async function readPicture(record: Pick<ImageRecord, "id" | "image">): Promise<Picture> {
  return readSource(record.image);
}

/**
 * Reads the lesion of a record: the union of its masks.
 *
 * @returns The mask, in the size of its files; null where the record has no masks.
 * @throws {Problem} Where a file is missing or damaged, or where its masks have different sizes.
 */
export async function readMask(record: Pick<ImageRecord, "id" | "masks">): Promise<Mask | null> {
  if (record.masks.length === 0) return null;
  const masks: Mask[] = [];
  for (const source of record.masks) masks.push(await readMaskSource(source));
  return uniteMasks(masks, record.id);
}

/**
 * Names a source for a message: the file's name, and the place in it.
 *
 * @returns "bus_0001-l.png", "breastmnist.npz: train_images[115]".
 */
export function nameSource(source: PixelSource): string {
  switch (source.kind) {
    case "file":
      return basename(source.path);
    case "array":
      return `${basename(source.path)}: ${source.array}[${source.index}]`;
    case "scan":
      return `${basename(source.path)}: lesion ${source.lesion + 1}, ${source.field}`;
    case "phantom":
      return `phantom ${source.index}`;
  }
}

/**
 * Reads the pixels of a source as a picture.
 *
 * @returns The picture; of an image file also its channels, bits and colours.
 * @throws {Problem} Where the file is missing, damaged, or not an image.
 */
export async function readSource(source: PixelSource): Promise<Picture | DecodedPicture> {
  switch (source.kind) {
    case "file": {
      const picture = await decodePicture(await readBytes(source.path), source.path);
      return source.bits === undefined || picture.bits !== 16 ? picture : scaleBits(picture, source.bits, source.path);
    }
    case "array":
      return readArrayImage(source);
    case "scan":
      return readScan(source);
    case "phantom": {
      const { pixels, mask, size } = computePhantom(source);
      return { width: size, height: size, pixels: source.part === "image" ? pixels : Float32Array.from(mask) };
    }
  }
}

// Of 16 bits, those that were said to hold the gray levels become the range from black to white.
function scaleBits(picture: DecodedPicture, bits: number, path: string): DecodedPicture {
  const most = 2 ** bits - 1;
  const brightest = Math.round(brightestOf(picture) * 65535);
  if (brightest > most) {
    throw new Problem(
      `${path} has gray levels up to ${brightest}, more than the ${bits} bits that were said to hold them.`,
      "Say how many do: --bits 16 takes them as they are.",
    );
  }
  return { ...picture, pixels: picture.pixels.map((level) => Math.min(1, (level * 65535) / most)) };
}

/** The phantom computed last: its image and its mask are read one after the other. */
let last: { readonly key: string; readonly phantom: Phantom } | null = null;

function computePhantom({ settings, index }: Extract<PixelSource, { kind: "phantom" }>): Phantom {
  const key = JSON.stringify([settings, index]);
  if (last?.key !== key) last = { key, phantom: phantomAt(settings, index) };
  return last.phantom;
}

async function readMaskSource(source: PixelSource): Promise<Mask> {
  return (await readMaskPicture(source)).mask;
}

/**
 * Reads one mask, with what its file shows.
 *
 * @returns The mask, and the picture that it was made of; null for the picture where it was made of something else, or of one
 *   colour alone.
 * @throws {Problem} Where the file is missing or damaged.
 */
export async function readMaskPicture(source: PixelSource): Promise<{ mask: Mask; picture: Picture | null }> {
  if (source.kind === "scan") return { mask: await readScanMask(source), picture: null };
  const picture = await readSource(source);
  const decoded = "channels" in picture ? picture : { ...picture, channels: 1, bits: 8 as const, colors: null };
  const color = source.kind === "file" ? source.color : undefined;
  return {
    mask: maskOfPicture(decoded, color),
    picture: source.kind === "file" && color === undefined ? picture : null,
  };
}

/**
 * Reads a whole file.
 *
 * @throws {Problem} Where it is missing or cannot be read.
 */
export async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    // Nothing is wrong with the image: no finding must leave it out.
    if (["EMFILE", "ENFILE", "ENOMEM"].includes(code)) throw error;
    const reason = code === "ENOENT" ? "is missing" : `cannot be read (${code})`;
    throw new Problem(`${path} ${reason}.`, "Copy it there again, or take it out of the list.");
  }
}
