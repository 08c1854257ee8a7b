import { createHash } from "node:crypto";

import { brightestOf } from "../../pictures/brightest";
import type { DecodedPicture } from "../../pictures/assemble-picture";
import { boxOfMask, uniteMasks } from "../../pictures/mask";
import type { Box, Mask, Picture } from "../../pictures/picture";
import { resize } from "../../pictures/resize";
import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import { nameSource, readBytes, readMaskPicture, readSource } from "../records/read-pixels";
import type { ImageRecord, PixelSource } from "../records/record";
import { side as thumbnailSize } from "./alike/thumbnail";
import type { Inspection, Seen } from "./inspection";
import { findMarks } from "./marks";
import { findMaskFaults, hasTwoLevels } from "./mask-faults";

/** Stands for the content of a mask that cannot be read. */
const unreadable = "unreadable";

/** A pixel counts as coloured where its channels differ by more than this, of 255. */
const colorDifference = 40;

/** Edges of the stated box may lie this many pixels from the mask's: outlines and boxes are often rounded apart. */
const boxTolerance = 3;

/**
 * Looks at the files of one image: whether they can be read and fit together, and what is in them.
 *
 * @param nameFile Makes a path short for a message: relative to the set's folder.
 * @param published Whether the set is one that was published: what looks odd in it is told, and is as its authors gave it.
 */
export async function inspectImage(
  record: ImageRecord,
  nameFile: (path: string) => string,
  published = false,
): Promise<Inspection> {
  const findings: Finding[] = [];
  const grave = published ? "warning" : "error";
  const find: Find = (severity, check, source, message) => {
    findings.push({ severity, check, file: fileOf(source, nameFile), images: [record.id], message });
  };

  let picture: Picture | DecodedPicture;
  try {
    picture = await readSource(record.image);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    find("error", "image that cannot be read", record.image, error.what);
    return { id: record.id, seen: null, findings };
  }
  const { width, height } = picture;
  if (width * height > 0 && picture.pixels.every((level) => level === picture.pixels[0])) {
    find(
      "error",
      "blank image",
      record.image,
      `${nameSource(record.image)} has one gray level alone, expected an ultrasound image.`,
    );
  }
  checkStatedSize(record, picture, find);
  checkLevels(record, picture, find, grave);

  const mask = await readMaskInto(record, find, grave);
  let lesionBox: Box | null = null;
  if (mask !== null) {
    if (mask.width !== width || mask.height !== height) {
      const sizes = `${mask.width} × ${mask.height} pixels, its image ${width} × ${height}`;
      find(
        "error",
        "mask of another size",
        record.masks[0]!,
        `${nameSource(record.masks[0]!)} has ${sizes}; expected the same.`,
      );
    } else {
      lesionBox = boxOfMask(mask);
      checkLesion(record, lesionBox, find);
    }
  }
  checkBox(record, picture, lesionBox, find);

  const colors = "colors" in picture ? picture.colors : null;
  const marks = findMarks(picture);
  const seen: Seen = {
    width,
    height,
    channels: "channels" in picture ? picture.channels : 1,
    bits: "bits" in picture ? picture.bits : 8,
    coloredShare: colors === null ? 0 : coloredShareOf(colors),
    pixelHash: hashPixels(picture),
    contentHash: await hashContent(record, picture, mask),
    thumbnail: makeThumbnail(picture),
    lesion: lesionBox === null ? null : { box: lesionBox },
    calipers: marks.calipers.length,
    textLines: marks.text.length,
  };
  return { id: record.id, seen, findings };
}

type Find = (severity: Finding["severity"], check: string, source: PixelSource, message: string) => void;

function fileOf(source: PixelSource, nameFile: (path: string) => string): string {
  return source.kind === "phantom" ? nameSource(source) : nameFile(source.path);
}

/** Of 16 bits, the brightest level that 12 hold. */
const twelveBits = 4095;

function checkLevels({ image }: ImageRecord, picture: Picture, find: Find, grave: Finding["severity"]): void {
  if (image.kind !== "file") return;
  const name = nameSource(image);
  if ("bits" in picture && picture.bits === 16 && image.bits === undefined) {
    const brightest = Math.round(brightestOf(picture) * 65535);
    if (brightest > 0 && brightest <= twelveBits) {
      find(
        grave,
        "range of gray levels",
        image,
        `${name} has 16 bits and no gray level above ${brightest}, so that it is all but black. If 12 bits hold the levels, say so: npm run data -- describe NAME --bits 12; if it is as dark as that, --bits 16.`,
      );
    }
  }
  if (picture.width * picture.height >= 64 && hasTwoLevels(picture)) {
    find(
      grave,
      "image that looks like a mask",
      image,
      `${name} is taken for an image and shows two levels alone, as a mask does. Say how masks are called: npm run data -- describe NAME --masks suffix=_mask, or folder=FOLDER.`,
    );
  }
}

async function readMaskInto(record: ImageRecord, find: Find, grave: Finding["severity"]): Promise<Mask | null> {
  if (record.masks.length === 0) return null;
  try {
    const masks: Mask[] = [];
    for (const source of record.masks) {
      const { mask, picture } = await readMaskPicture(source);
      masks.push(mask);
      for (const { check, what, doubtful } of picture === null ? [] : findMaskFaults(picture, mask))
        find(doubtful ? "warning" : grave, check, source, `${nameSource(source)} ${what}.`);
    }
    return uniteMasks(masks, record.id);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    find("error", "mask that cannot be read", record.masks[0]!, error.what);
    return null;
  }
}

function checkStatedSize({ image, statedSize }: ImageRecord, { width, height }: Picture, find: Find): void {
  if (statedSize === undefined || (statedSize.width === width && statedSize.height === height)) return;
  const stated = `${statedSize.width} × ${statedSize.height}`;
  find(
    "note",
    "stated size is wrong",
    image,
    `${nameSource(image)} has ${width} × ${height} pixels, its table states ${stated}; the file is used.`,
  );
}

function checkLesion({ label, masks }: ImageRecord, box: Box | null, find: Find): void {
  const mask = masks[0]!;
  if (box === null && label !== "normal") {
    find(
      "error",
      "mask without a lesion",
      mask,
      `${nameSource(mask)} is empty, expected the lesion of a ${label} image.`,
    );
  }
  if (box !== null && label === "normal") {
    find(
      "warning",
      "lesion in a normal image",
      mask,
      `${nameSource(mask)} shows a lesion, but the image is labelled normal.`,
    );
  }
}

function checkBox({ box, image }: ImageRecord, { width, height }: Picture, lesion: Box | null, find: Find): void {
  if (box === undefined) return;
  const name = nameSource(image);
  const inside = box.left >= 0 && box.top >= 0 && box.width >= 1 && box.height >= 1;
  if (!inside || box.left + box.width > width || box.top + box.height > height) {
    find(
      "error",
      "box outside the image",
      image,
      `${name}: the stated box ${tell(box)} does not lie in the image of ${width} × ${height} pixels.`,
    );
  } else if (lesion !== null && distance(box, lesion) > boxTolerance) {
    find(
      "warning",
      "box is not the mask's",
      image,
      `${name}: the stated box ${tell(box)} is not that of the mask, ${tell(lesion)}; the mask is used.`,
    );
  }
}

function tell({ left, top, width, height }: Box): string {
  return `(columns ${left} to ${left + width - 1}, rows ${top} to ${top + height - 1})`;
}

function distance(a: Box, b: Box): number {
  const right = Math.abs(a.left + a.width - b.left - b.width);
  const bottom = Math.abs(a.top + a.height - b.top - b.height);
  return Math.max(Math.abs(a.left - b.left), Math.abs(a.top - b.top), right, bottom);
}

function coloredShareOf(colors: Uint8Array): number {
  let colored = 0;
  for (let place = 0; place < colors.length; place += 3) {
    const [red, green, blue] = [colors[place]!, colors[place + 1]!, colors[place + 2]!];
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > colorDifference) colored++;
  }
  return colored / (colors.length / 3);
}

function toBytes(pixels: Float32Array): Uint8Array {
  const bytes = new Uint8ClampedArray(pixels.length);
  for (let place = 0; place < pixels.length; place++) bytes[place] = pixels[place]! * 255;
  return new Uint8Array(bytes.buffer);
}

function hashPixels({ width, height, pixels }: Picture): string {
  return createHash("sha256").update(`${width} ${height} `).update(toBytes(pixels)).digest("hex");
}

function makeThumbnail(picture: Picture): string {
  const small = resize(picture, thumbnailSize, thumbnailSize, { filter: "bicubic" });
  return Buffer.from(toBytes(small.pixels)).toString("base64");
}

// What the sources hold: the bytes of files, the pixels of what lies in a larger file. A mask that cannot be read has been
// reported, and is hashed as such.
async function hashContent({ image, masks }: ImageRecord, picture: Picture, mask: Mask | null): Promise<string> {
  const hash = createHash("sha256");
  const add = async (source: PixelSource, pixels: Uint8Array | null) => {
    hash.update(`${source.kind} `);
    if (source.kind === "file") hash.update(await readBytes(source.path));
    else if (source.kind === "phantom") hash.update(JSON.stringify(source));
    else hash.update(pixels ?? unreadable);
  };
  await add(image, new Uint8Array(picture.pixels.buffer));
  for (const source of masks) {
    try {
      await add(source, mask?.pixels ?? null);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      hash.update(unreadable);
    }
  }
  return hash.digest("hex");
}
