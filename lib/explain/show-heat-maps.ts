import { encode } from "fast-png";
import * as v from "valibot";

import { escapeHtml } from "../display/html";
import { show } from "../display/notebook";
import { number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { encodeHeatMap, type HeatMapImage } from "./heat-map-image";
import { viridis } from "./viridis";

const heatMapsOptions = v.strictObject({
  /** A line above them: what is mapped. Default: "Heat map". */
  title: v.optional(v.string(), "Heat map"),
  /** The width of one image on the page, in CSS pixels, from 8; default: 160. */
  size: v.optional(number({ from: 8 }), 160),
  /** How many stand side by side, from 1; default: 5. */
  columns: v.optional(wholeNumber({ from: 1 }), 5),
  /** How much of each pixel is colour, 0 to 1; default: 0.4. */
  alpha: v.optional(number({ from: 0, to: 1 }), 0.4),
});

/** How heat maps are shown. @interface */
export type ShowHeatMapsOptions = v.InferInput<typeof heatMapsOptions>;

/**
 * Shows images with their heat maps and the lesion's outline below the running cell, with one colour bar from 0 to 1; in a
 * terminal, prints the scale and the captions. The pictures live in the output alone.
 *
 * @param scale In words, what 0 and 1 stand for: `scaleHeatMaps` gives it.
 * @throws {Problem} Where an image is not as stated, or an option is out of range.
 */
export function showHeatMaps(images: readonly HeatMapImage[], scale: string, options: ShowHeatMapsOptions = {}): void {
  const { title, size, columns, alpha } = checkOptions("showHeatMaps", heatMapsOptions, options);
  const tiles = images.map((image) => {
    const source = sourceOf(encodeHeatMap(image, alpha));
    const caption = escapeHtml(image.caption ?? "");
    const frame = `border:3px solid ${escapeHtml(image.color ?? "transparent")}`;
    const picture = `<img src="${source}" alt="${caption}" width="${size}" style="display:block;image-rendering:pixelated;${frame}">`;
    return `<figure style="margin:0">${picture}<figcaption style="font-size:11px;max-width:${size + 6}px">${caption}</figcaption></figure>`;
  });
  const grid = `display:grid;grid-template-columns:repeat(${Math.max(1, Math.min(columns, images.length))},max-content);gap:12px;overflow-x:auto`;
  const bar = `<img src="${sourceOf(encodeBar(alpha))}" alt="Colour bar from 0 to 1" style="width:200px;height:12px;vertical-align:middle">`;
  const legend = `<div style="font-size:12px;padding:4px 0">0 ${bar} 1<span style="color:#555;margin-left:16px">${escapeHtml(scale)}</span></div>`;
  const heading = `<div style="font-weight:600;padding:4px 0">${escapeHtml(title)}</div>`;
  const lines = images.map(({ height, width, caption }) => `Image, ${height} by ${width} pixels: ${caption ?? ""}`);
  show({
    "text/html": `<div>${heading}${legend}<div style="${grid}">${tiles.join("")}</div></div>`,
    "text/plain": [`${title}, 0 to 1; ${scale}`, ...lines].join("\n"),
  });
}

// The bar lies over a gray of one half, as the colours lie over gray levels.
function encodeBar(alpha: number): Uint8Array {
  const width = 256;
  const data = new Uint8ClampedArray(width * 3);
  for (let column = 0; column < width; column++)
    data.set(
      viridis(column / (width - 1)).map((color) => (1 - alpha) * 127.5 + alpha * color),
      column * 3,
    );
  return encode({ data: new Uint8Array(data.buffer), width, height: 1, channels: 3, depth: 8 });
}

const sourceOf = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
