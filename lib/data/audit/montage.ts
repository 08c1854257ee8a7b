import * as v from "valibot";

import { classStyles } from "../../display/colors";
import { showImages, type GrayImage } from "../../display/images";
import { showText } from "../../display/text";
import { outlineOfMask } from "../../pictures/mask";
import type { Mask, Picture } from "../../pictures/picture";
import { resize } from "../../pictures/resize";
import { flag, nullable, passed, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import type { RandomGenerator } from "../../runtime/random";
import type { SimilarPair } from "../inspect/duplicates";
import { findMarks } from "../inspect/marks";
import { readMask, readPicture } from "../records/read-pixels";
import { labels, type ImageRecord } from "../records/record";

/** The width of one image on the page, in CSS pixels: five fit side by side beside JupyterLab's file browser. */
const tileSize = 140;

const montageOptions = v.strictObject({
  /** Images of each class; default: 6. */
  each: v.optional(wholeNumber({ from: 1 }), 6),
  /** Pixels of the longer side of one image; default: 220. */
  side: v.optional(wholeNumber({ from: 1 }), 220),
  /** Which images are drawn; null takes the first; default: null. */
  random: v.optional(nullable(passed<RandomGenerator>("a RandomGenerator")), null),
  /** Only images into which text is burned, as far as it is found, with a box around it: it may name a person. Default: false. */
  texts: v.optional(flag(), false),
});

/** What a montage shows. @interface */
export type MontageOptions = v.InferInput<typeof montageOptions>;

/** Shows images of each class below the running cell, with the lesion's outline in the class's colour. */
export async function showMontage(records: readonly ImageRecord[], options: MontageOptions = {}): Promise<void> {
  const { each, side, random, texts } = checkOptions("showMontage", montageOptions, options);
  const images: GrayImage[] = [];
  for (const label of labels) {
    const own = records.filter((record) => record.label === label);
    const ordered = random === null ? own : random.split(label).shuffled(own);
    let shown = 0;
    for (const record of ordered) {
      if (shown === each) break;
      const image = texts ? await textTile(record, side) : await tile(record, side);
      if (image === null) continue;
      images.push(image);
      shown++;
    }
  }
  if (images.length === 0 && texts) {
    showText("No text was found in the images. Letters that are small, faint or alone are missed.");
    return;
  }
  showImages(images, { size: tileSize, columns: each });
}

// With a box around each text in place of the lesion's outline; null where no text is found.
async function textTile(record: ImageRecord, side: number): Promise<GrayImage | null> {
  const picture = await readPicture(record);
  const { text } = findMarks(picture);
  if (text.length === 0) return null;
  const image = drawTile(record, picture, null, side);
  const scale = image.width / picture.width;
  const lines = new Uint8Array(image.width * image.height);
  for (const { left, top, width, height } of text) {
    const [x1, y1] = [left - 2, top - 2].map((at) => Math.max(0, Math.floor(at * scale))) as [number, number];
    const x2 = Math.min(image.width - 1, Math.ceil((left + width + 2) * scale));
    const y2 = Math.min(image.height - 1, Math.ceil((top + height + 2) * scale));
    for (let x = x1; x <= x2; x++) lines[y1 * image.width + x] = lines[y2 * image.width + x] = 1;
    for (let y = y1; y <= y2; y++) lines[y * image.width + x1] = lines[y * image.width + x2] = 1;
  }
  return { ...image, lines: { pixels: lines, color: image.color! } };
}

const alikeOptions = v.strictObject({
  /** The most pairs, from 1; default: 6. */
  pairs: v.optional(wholeNumber({ from: 1 }), 6),
});

/** What is shown of images that look alike. @interface */
export type ShowAlikeOptions = v.InferInput<typeof alikeOptions>;

/**
 * Shows pairs of images that look alike below the running cell, two pairs a row; those with different labels first, as at
 * least one of their labels is wrong.
 */
export async function showAlike(
  audit: { readonly records: readonly ImageRecord[]; readonly pairs: readonly SimilarPair[] },
  options: ShowAlikeOptions = {},
): Promise<void> {
  const { pairs: most } = checkOptions("showAlike", alikeOptions, options);
  const byId = new Map(audit.records.map((record) => [record.id, record]));
  const found = audit.pairs.map(({ first, second }) => [byId.get(first)!, byId.get(second)!] as const);
  const differ = found.filter(([first, second]) => first.label !== second.label);
  const agree = found.filter(([first, second]) => first.label === second.label);
  if (found.length === 0) {
    showText("No two images look alike.");
    return;
  }
  const images: GrayImage[] = [];
  for (const record of [...differ, ...agree].slice(0, most).flat()) images.push(await tile(record, 220));
  showImages(images, { size: tileSize, columns: 4 });
}

/**
 * Makes one image ready to be shown: small, with its outline and a caption.
 *
 * @param side Pixels of its longer side.
 */
export async function tile(record: ImageRecord, side: number): Promise<GrayImage> {
  return drawTile(record, await readPicture(record), await readMask(record), side);
}

function drawTile(record: ImageRecord, picture: Picture, mask: Mask | null, side: number): GrayImage {
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [picture.width, picture.height].map((length) => Math.max(1, Math.round(length * scale))) as [
    number,
    number,
  ];
  const small = resize(picture, width, height, { filter: scale < 1 ? "bicubic" : "nearest" });
  const { color } = classStyles[record.label];
  const details = [record.label, record.birads && `BI-RADS ${record.birads}`, record.synthetic && "synthetic"].filter(
    Boolean,
  );
  return {
    pixels: small.pixels,
    width,
    height,
    caption: `${record.id} · ${details.join(", ")}`,
    color,
    ...(mask !== null && fits(mask, picture) && { lines: { pixels: outlineAt(mask, width, height), color } }),
  };
}

function fits(mask: Mask, picture: Picture): boolean {
  return mask.width === picture.width && mask.height === picture.height;
}

function outlineAt({ width, height, pixels }: Mask, smallWidth: number, smallHeight: number): Uint8Array {
  const small = resize({ width, height, pixels: Float32Array.from(pixels) }, smallWidth, smallHeight, {
    filter: "nearest",
  });
  return outlineOfMask({ width: smallWidth, height: smallHeight, pixels: Uint8Array.from(small.pixels) }).pixels;
}
