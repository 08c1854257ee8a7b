import * as v from "valibot";

import { readMask, readPicture } from "../data/records/read-pixels";
import type { ImageRecord } from "../data/records/record";
import { classStyles, outlineColors } from "../display/colors";
import { showImages, type GrayImage, type ImageLines } from "../display/images";
import { outlineOfMask } from "../pictures/mask";
import type { Mask, Picture } from "../pictures/picture";
import { resize } from "../pictures/resize";
import { number, oneOf, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { withFoundOutlines, type CrossFittedOutlines } from "./outlines-folder";
import type { OutlineRow } from "./outline-rows";

const showOptions = v.strictObject({
  /** How many of the best, of those around the median, and of the worst, from 1; default: 5. */
  each: v.optional(wholeNumber({ from: 1 }), 5),
  /** Which are shown: "all", a row of each of these kinds; or "worst", those alone, the worst first, in rows of four. Default: "all". */
  which: v.optional(oneOf(["all", "worst"]), "all"),
  /** Pixels of the longer side of one image; default: 360. */
  side: v.optional(number({ from: 16 }), 360),
  /** The width of one image on the page, in CSS pixels; default: 180. */
  size: v.optional(number({ from: 8 }), 180),
});

/** What is shown of outlines. @interface */
export type ShowOutlinesOptions = v.InferInput<typeof showOptions>;

/**
 * Shows found outlines (blue) beside the expert's (orange) below the running cell, each image framed in the colour of its class: a row
 * of the best, one of those around the median, one of the worst, by the Dice coefficient; or the worst alone. The pictures live in the output alone.
 *
 * @param records The images, with the expert's masks.
 * @throws {Problem} Where an outlined image is not among the records, or none has an expert's mask.
 */
export async function showOutlines(
  records: readonly ImageRecord[],
  outlines: CrossFittedOutlines,
  options: ShowOutlinesOptions = {},
): Promise<void> {
  const { each, which, side, size } = checkOptions("showOutlines", showOptions, options);
  const byId = new Map(records.map((record) => [record.id, record]));
  const images: GrayImage[] = [];
  for (const row of chooseOutlines(outlines.rows, each, which)) {
    const record = byId.get(row.id);
    if (record === undefined)
      throw new Problem(`The image "${row.id}" was outlined, and is not among the records.`, "Give those of its set.");
    const [found] = withFoundOutlines([record], outlines);
    const [picture, expert, own] = [await readPicture(record), await readMask(record), await readMask(found!)];
    images.push({ ...drawOutlines(picture, expert, own, side), ...captionOf(row) });
  }
  showImages(images, { size, columns: which === "worst" ? 4 : each });
}

/** Chooses the best, those around the median and the worst by the Dice coefficient, so many of each; or the worst alone, the worst first. */
export function chooseOutlines(
  rows: readonly OutlineRow[],
  each: number,
  which: "all" | "worst" = "all",
): OutlineRow[] {
  const diceOf = ({ agreement }: OutlineRow) => agreement!.dice;
  const ordered = rows.filter(({ agreement }) => agreement !== null).sort((a, b) => diceOf(b) - diceOf(a));
  if (ordered.length === 0)
    throw new Problem("None of the outlined images has an expert's mask.", "Show those of a set with masks.");
  if (which === "worst") return ordered.reverse().slice(0, each);
  if (ordered.length <= 3 * each) return ordered;
  const middle = Math.floor((ordered.length - each) / 2);
  return [...ordered.slice(0, each), ...ordered.slice(middle, middle + each), ...ordered.slice(-each)];
}

/** Draws a picture with the expert's outline and what was found, where they are there. */
export function drawOutlines(picture: Picture, expert: Mask | null, found: Mask | null, side: number): GrayImage {
  const scale = side / Math.max(picture.width, picture.height);
  const [width, height] = [picture.width, picture.height].map((length) => Math.max(1, Math.round(length * scale))) as [
    number,
    number,
  ];
  const { pixels } = resize(picture, width, height, { filter: scale < 1 ? "bicubic" : "bilinear" });
  const lineOf = (mask: Mask | null, color: string): ImageLines[] => {
    if (mask === null) return [];
    const levels = { ...mask, pixels: Float32Array.from(mask.pixels) };
    const small = resize(levels, width, height, { filter: "bilinear" });
    const own = { width, height, pixels: Uint8Array.from(small.pixels, (level) => (level > 0.5 ? 1 : 0)) };
    return [{ pixels: thickened(outlineOfMask(own)), color }];
  };
  const lines = [...lineOf(expert, outlineColors.expert), ...lineOf(found, outlineColors.found)];
  return { pixels, width, height, lines };
}

// Two pixels wide, so that it stays whole where the image is shown at half its size.
function thickened({ width, pixels }: Mask): Uint8Array {
  return pixels.map((one, place) => {
    const left = place % width === 0 ? 0 : pixels[place - 1]!;
    const above = place < width ? 0 : pixels[place - width]!;
    return one | left | above;
  });
}

function captionOf({ id, label, agreement, expectedDice, found }: OutlineRow) {
  const said = found ? `Dice ${agreement!.dice.toFixed(2)}, expected ${expectedDice.toFixed(2)}` : "nothing found";
  return { caption: `${id} · ${label} · ${said}`, color: classStyles[label].color };
}
