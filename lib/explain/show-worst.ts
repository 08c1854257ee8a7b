import sharp from "sharp";
import * as v from "valibot";

import type { Prepared } from "../data/prepare/prepared";
import type { ImageRecord } from "../data/records/record";
import { classStyles } from "../display/colors";
import { escapeHtml } from "../display/html";
import { encodeWithLines } from "../display/images";
import { show } from "../display/notebook";
import { showText } from "../display/text";
import { outlineOfMask } from "../pictures/mask";
import { flag, number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { fineImages, type FineImage } from "./fine-images";
import { worstPredictions, type LabelledPrediction, type WorstPrediction } from "./worst-predictions";

const worstOptions = v.strictObject({
  /** From which probability on an image counts as called malignant, 0 to 1; default: 0.5. */
  threshold: v.optional(number({ from: 0, to: 1 }), 0.5),
  /** Whether all images are shown, those that are right at the end; default: no, the errors alone. */
  all: v.optional(flag(), false),
  /** How many a page, from 1; default: 12. */
  perPage: v.optional(wholeNumber({ from: 1 }), 12),
  /** The width of one image on the page, in CSS pixels; default: 160. */
  size: v.optional(number({ from: 8 }), 160),
});

/** What a gallery of errors shows. @interface */
export type ShowWorstOptions = v.InferInput<typeof worstOptions>;

/**
 * Shows every image that was called wrong, the furthest from the truth first, in pages that are opened one by one, without scripts: each as
 * fine as its picture is, with the lesion's outline, marked in the colour of its true class, with truth, probability and loss below. In a
 * terminal, prints the captions. The pictures live in the output alone.
 *
 * @param predictions The predictions, one an image.
 * @param images The records, and what was prepared of them for the network.
 * @throws {Problem} Where an image has no record or cannot be read.
 */
export async function showWorst(
  predictions: readonly LabelledPrediction[],
  images: { readonly records: readonly ImageRecord[]; readonly prepared: Pick<Prepared, "configuration" | "size"> },
  options: ShowWorstOptions = {},
): Promise<void> {
  const { threshold, all, perPage, size } = checkOptions("showWorst", worstOptions, options);
  const shown = all
    ? predictions
    : predictions.filter(({ label, probability }) => (probability >= threshold ? 1 : 0) !== label);
  const what = all ? "images" : `errors of ${predictions.length} images`;
  if (shown.length === 0) {
    showText(`No ${what}: all are right.`);
    return;
  }
  const worst = worstPredictions(shown, shown.length);
  const fine = await fineImages(
    images.records,
    images.prepared,
    worst.map(({ id }) => id),
  );
  const tiles = await Promise.all(worst.map((one, index) => tileOf(one, fine[index]!, size)));
  const pages = Array.from({ length: Math.ceil(tiles.length / perPage) }, (_, page) => {
    const [from, to] = [page * perPage, Math.min(tiles.length, (page + 1) * perPage)];
    const summary = `<summary style="cursor:pointer;padding:4px 0">${from + 1} to ${to} of ${tiles.length} ${escapeHtml(what)}</summary>`;
    // Of pages with one name a browser keeps one open; another gallery has another.
    return `<details name="${escapeHtml(`${what}, ${worst[0]!.id}`)}"${page === 0 ? " open" : ""}>${summary}<div>${tiles.slice(from, to).join("")}</div></details>`;
  });
  const lines = worst.map(({ id, caption }) => `${id}: ${caption}`);
  show({
    "text/html": `<div>${pages.join("")}</div>`,
    "text/plain": [`${worst.length} ${what}, the worst first:`, ...lines].join("\n"),
  });
}

async function tileOf({ id, label, caption }: WorstPrediction, image: FineImage, size: number): Promise<string> {
  const { pixels, lesion, size: side } = image;
  const outline = lesion === null ? new Uint8Array(pixels.length) : outlineOfMask(lesion).pixels;
  const png = encodeWithLines({ pixels, height: side, width: side }, { pixels: outline, color: "#ffffff" });
  // A hundred of them must not make a notebook of many megabytes.
  const small = await sharp(png).jpeg({ quality: 85 }).toBuffer();
  const text = escapeHtml(`${id}: ${caption}`);
  const color = classStyles[label === 1 ? "malignant" : "benign"].color;
  const picture = `<img src="data:image/jpeg;base64,${small.toString("base64")}" alt="${text}" width="${size}" style="display:block;max-width:100%;height:auto;border-left:4px solid ${color}">`;
  return `<figure style="display:inline-block;vertical-align:top;margin:0 12px 12px 0;width:${size + 4}px">${picture}<figcaption style="font-size:11px">${text}</figcaption></figure>`;
}
