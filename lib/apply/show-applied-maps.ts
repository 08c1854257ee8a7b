import { join } from "node:path";

import * as v from "valibot";

import { escapeHtml } from "../display/html";
import { show } from "../display/notebook";
import { readWhole } from "../files/read-whole";
import { number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { visibleText } from "../runtime/visible-text";
import type { Applied } from "./apply-release";

const mapsOptions = v.strictObject({
  /** How many are shown, the likeliest malignant first; default: 6. */
  count: v.optional(wholeNumber({ from: 1 }), 6),
  /** The width of a pair on the page, in CSS pixels; default: 640. */
  size: v.optional(number({ from: 16 }), 640),
});

/** How heat maps of a folder are shown. @interface */
export type ShowAppliedMapsOptions = v.InferInput<typeof mapsOptions>;

/** The largest file of a heat map that is shown. */
const largest = 2 ** 28;

/**
 * Shows plain images and, beside each, its heat map, as they were written: below the running cell, or in a terminal where they lie.
 *
 * @throws {Problem} Where an option is out of range, or a heat map is no longer there.
 */
export function showAppliedMaps(
  { folder, rows }: Pick<Applied, "folder" | "rows">,
  options: ShowAppliedMapsOptions = {},
): void {
  const { count, size } = checkOptions("showAppliedMaps", mapsOptions, options);
  const shown = rows
    .filter(({ heatMap }) => heatMap !== "")
    .sort((a, b) => b.probability! - a.probability!)
    .slice(0, count);
  const figures = shown.map(({ file, part, probability, label, heatMap, largest: full }) => {
    const bytes = readWhole(join(folder, heatMap), largest);
    const name = visibleText(part === "" ? file : `${file}, ${part}`);
    const text = `${name}: P(malignant) ${probability!.toFixed(2)}, ${label!}; brightest: ${full!.toPrecision(2)}`;
    const picture = `<img src="data:image/png;base64,${bytes.toString("base64")}" alt="${escapeHtml(text)}" width="${size}" style="display:block;max-width:100%">`;
    return {
      text,
      html: `<figure style="margin:0 0 12px">${picture}<figcaption style="font-size:12px">${escapeHtml(text)}</figcaption></figure>`,
    };
  });
  const found = shown.some(({ outline }) => outline !== "")
    ? " A blue line is an outline that a network has found."
    : "";
  const scale =
    "Left the image, right what in it speaks for malignant (Grad-CAM), within the frame that the network sees; the brightest colour is each image's own largest value, in log-odds." +
    found;
  show({
    "text/html": `<div><div style="font-size:12px;padding:4px 0">${scale}</div>${figures.map(({ html }) => html).join("")}</div>`,
    "text/plain": [scale, ...figures.map(({ text }) => text)].join("\n"),
  });
}
