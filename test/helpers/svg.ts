import { match } from "node:assert/strict";

import sharp from "sharp";

import type { Drawing } from "../../lib/graph/draw/picture";

/**
 * Takes away what says what the colours mean.
 *
 * @param svg The file.
 */
export function withoutLegend(svg: string): string {
  return svg.replace(/<g class="legend">[\s\S]*?<\/g>/, "");
}

/**
 * Reads the texts of a picture in the order in which they are drawn, each piece by itself, without its legend.
 *
 * @param svg The file.
 * @returns The texts, with their entities read.
 */
export function textsOf(svg: string): string[] {
  const entities: Record<string, string> = {
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    "#39": "'",
    "#45": "-",
    "#92": "\\",
    "#160": " ",
  };
  return [...withoutLegend(svg).matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text!
      .replace(/&([#\w]+);/g, (whole, name: string) => entities[name] ?? whole)
      .replaceAll("\u00a0", " ")
      .trim(),
  );
}

/**
 * Counts elements of a picture by their class, as Graphviz names them.
 *
 * @param svg The file.
 * @param kind "node" or "edge".
 * @returns How many there are.
 */
export function count(svg: string, kind: "node" | "edge"): number {
  return svg.split(`class="${kind}"`).length - 1;
}

/**
 * Lets another program draw a picture, which fails where the file is not well formed.
 *
 * @param drawing The picture.
 * @returns Its size as drawn, and the rows and columns of its frame that are not white: nothing is cut off where none are.
 */
export async function paint(drawing: Drawing): Promise<{ width: number; height: number; touched: boolean }> {
  match(drawing.svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  const picture = sharp(Buffer.from(drawing.svg)).flatten({ background: "#ffffff" }).grayscale();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const dark = (row: number, column: number) => data[(row * width + column) * info.channels]! < 200;
  let touched = false;
  for (let row = 0; row < height; row++) touched ||= dark(row, 0) || dark(row, width - 1);
  for (let column = 0; column < width; column++) touched ||= dark(0, column) || dark(height - 1, column);
  return { width, height, touched };
}
