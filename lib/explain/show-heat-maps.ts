import { encode } from "fast-png";
import * as v from "valibot";

import { escapeHtml } from "../display/html";
import { encodeGray } from "../display/images";
import { show } from "../display/notebook";
import { number } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { fullOpacity, heatColor } from "./heat-color";
import { encodeHeatMap, type HeatMapImage } from "./heat-map-image";

const heatMapsOptions = v.strictObject({
  /** A line above them: what is mapped. Default: "Heat map". */
  title: v.optional(v.string(), "Heat map"),
  /** The width of one image on the page, in CSS pixels, from 8; default: 160. */
  size: v.optional(number({ from: 8 }), 160),
  /** How much of a pixel is colour where a map is 1, 0 to 1; where it is 0 there is none. Default: 0.75. */
  opacity: v.optional(number({ from: 0, to: 1 }), fullOpacity),
});

/** How heat maps are shown. @interface */
export type ShowHeatMapsOptions = v.InferInput<typeof heatMapsOptions>;

/**
 * Shows images in pairs below the running cell, each plain and beside it with its heat map and the lesion's outline, as many side by side
 * as the page is wide, with one colour bar from 0 to 1; in a terminal, prints the scale and the captions. The pictures live in the output
 * alone.
 *
 * @param scale In words, what 0 and 1 stand for: `scaleHeatMaps` gives it.
 * @throws {Problem} Where an image is not as stated, or an option is out of range.
 */
export function showHeatMaps(images: readonly HeatMapImage[], scale: string, options: ShowHeatMapsOptions = {}): void {
  const { title, size, opacity } = checkOptions("showHeatMaps", heatMapsOptions, options);
  const tiles = images.map((image) => {
    const caption = escapeHtml(image.caption ?? "");
    const picture = (bytes: Uint8Array, what: string) =>
      `<img src="${sourceOf(bytes)}" alt="${what}: ${caption}" width="${size}" style="display:inline-block;max-width:48%;height:auto;margin-right:2px">`;
    const pair = picture(encodeGray(image), "Image") + picture(encodeHeatMap(image, opacity), "Heat map");
    const frame = `border-left:4px solid ${escapeHtml(image.color ?? "transparent")};padding-left:4px`;
    return `<figure style="display:inline-block;vertical-align:top;margin:0 12px 12px 0;max-width:100%;width:${2 * size + 12}px"><div style="${frame}">${pair}</div><figcaption style="font-size:11px;padding-left:8px">${caption}</figcaption></figure>`;
  });
  const bar = `<img src="${sourceOf(encodeBar(opacity))}" alt="Colour bar from 0 to 1" style="width:200px;height:12px;vertical-align:middle">`;
  const legend = `<div style="font-size:12px;padding:4px 0">0 ${bar} 1<span style="color:#555;margin-left:16px">${escapeHtml(scale)}</span></div>`;
  const heading = `<div style="font-weight:600;padding:4px 0">${escapeHtml(title)}</div>`;
  const lines = images.map(({ height, width, caption }) => `Image, ${height} by ${width} pixels: ${caption ?? ""}`);
  show({
    "text/html": `<div>${heading}${legend}<div>${tiles.join("")}</div></div>`,
    "text/plain": [`${title}, 0 to 1; ${scale}`, ...lines].join("\n"),
  });
}

// The bar lies over a gray of one half, as the colours lie over gray levels.
function encodeBar(opacity: number): Uint8Array {
  const width = 256;
  const data = new Uint8ClampedArray(width * 3);
  for (let column = 0; column < width; column++) data.set(heatColor(127.5, column / (width - 1), opacity), column * 3);
  return encode({ data: new Uint8Array(data.buffer), width, height: 1, channels: 3, depth: 8 });
}

const sourceOf = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
