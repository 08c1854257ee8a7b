import { encode } from "fast-png";
import * as v from "valibot";

import { number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { escapeHtml } from "./html";
import { show } from "./notebook";

/** Lines over an image. */
export interface ImageLines {
  /** 1 where they run, `[height, width]` row by row. */
  readonly pixels: Uint8Array;
  /** Their colour as "#rrggbb". */
  readonly color: string;
}

/** One gray image. */
export interface GrayImage {
  /** Gray levels from 0 (black) to 1 (white), `[height, width]` row by row; others are cut off. float32. */
  readonly pixels: Float32Array;
  readonly height: number;
  readonly width: number;
  /** Lines drawn over it, the last above the others; default: none. */
  readonly lines?: ImageLines | readonly ImageLines[];
  /** A line below it; default: none. */
  readonly caption?: string;
  /** The colour of its frame, as CSS, for its class; default: none. */
  readonly color?: string;
}

const imagesOptions = v.strictObject({
  /** The width of one image on the page, in CSS pixels, from 8; default: 128. */
  size: v.optional(number({ from: 8 }), 128),
  /** How many stand side by side, from 1; default: 6. */
  columns: v.optional(wholeNumber({ from: 1 }), 6),
});

/**
 * How images are shown.
 *
 * @interface
 */
export type ImagesOptions = v.InferInput<typeof imagesOptions>;

/**
 * Shows gray images side by side below the running cell; in a terminal, prints their captions.
 *
 * @throws {Problem} Where an image has not as many pixels as its height and width say.
 */
export function showImages(images: readonly GrayImage[], options: ImagesOptions = {}): void {
  const { size, columns } = checkOptions("showImages", imagesOptions, options);
  const tiles = images.map((image, index) => {
    const source = `data:image/png;base64,${Buffer.from(encodePicture(image, index)).toString("base64")}`;
    const frame = `border:3px solid ${escapeHtml(image.color ?? "transparent")}`;
    const caption = escapeHtml(image.caption ?? "");
    const picture = `<img src="${source}" alt="${caption}" width="${size}" style="display:block;image-rendering:pixelated;${frame}">`;
    return `<figure style="margin:0">${picture}<figcaption style="font-size:11px;max-width:${size + 6}px">${caption}</figcaption></figure>`;
  });
  const grid = `display:grid;grid-template-columns:repeat(${Math.min(columns, images.length)},max-content);gap:12px;overflow-x:auto`;
  const lines = images.map(
    ({ height, width, caption }) => `Image, ${height} by ${width} pixels${caption ? `: ${caption}` : ""}`,
  );
  show({ "text/html": `<div style="${grid}">${tiles.join("")}</div>`, "text/plain": lines.join("\n") });
}

function encodePicture(image: GrayImage, index: number): Uint8Array {
  return image.lines === undefined ? encodeGray(image, index) : encodeWithLines(image, image.lines, index);
}

/**
 * Writes a gray image with coloured lines over it as a PNG file of 8 bits a channel.
 *
 * @param lines The lines, in the image's size, the last above the others.
 * @param index The image's place in a list, for the message; default: 0.
 * @throws {Problem} Where the image or the lines have not as many pixels as its height and width say, or the colour is none.
 */
export function encodeWithLines(image: GrayImage, lines: NonNullable<GrayImage["lines"]>, index = 0): Uint8Array {
  checkCount(image.pixels.length, image, index);
  const data = new Uint8ClampedArray(image.pixels.length * 3);
  for (let place = 0; place < data.length; place++) data[place] = image.pixels[Math.floor(place / 3)]! * 255;
  for (const { pixels, color } of [lines].flat()) {
    checkCount(pixels.length, image, index);
    const channels = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
      .exec(color)
      ?.slice(1)
      .map((part) => parseInt(part, 16));
    if (channels === undefined)
      throw new Problem(`The lines over image ${index} have the colour "${color}", expected "#rrggbb".`, "Correct it.");
    for (let pixel = 0; pixel < pixels.length; pixel++) if (pixels[pixel] === 1) data.set(channels, pixel * 3);
  }
  return encode({ data: new Uint8Array(data.buffer), width: image.width, height: image.height, channels: 3, depth: 8 });
}

/**
 * Writes a gray image as a PNG file of 8 bits a pixel.
 *
 * @param index Its place in a list, for the message; default: 0.
 * @throws {Problem} Where it has not as many pixels as its height and width say.
 */
export function encodeGray({ pixels, height, width }: GrayImage, index = 0): Uint8Array {
  checkCount(pixels.length, { height, width }, index);
  // A clamped array rounds, and cuts off what lies outside 0 to 255.
  const levels = Uint8ClampedArray.from(pixels, (level) => level * 255);
  return encode({ data: new Uint8Array(levels.buffer), width, height, channels: 1, depth: 8 });
}

function checkCount(count: number, { height, width }: Pick<GrayImage, "height" | "width">, index: number): void {
  if (count === height * width) return;
  throw new Problem(
    `Image ${index} has ${count} pixels, expected ${height} × ${width} = ${height * width}.`,
    "Give its gray levels row by row.",
  );
}
