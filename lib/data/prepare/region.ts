import type { Box } from "../../pictures/picture";
import type { PreparationOptions } from "./configuration";

/**
 * Places the region of interest on a picture. Lengths are rounded to whole pixels; where a centre lies between two, the
 * one to the left or above is taken.
 *
 * @param settings Which region, and what becomes of it where it reaches beyond the picture.
 * @param lesion The lesion's box, inside the picture; null where the region is the whole picture.
 * @param pixelSize Millimetres from one pixel to the next, where the region is in millimetres.
 * @returns The region. It reaches beyond the picture only where `beyond` is "fill".
 */
export function placeRegion(
  { region, beyond }: Pick<PreparationOptions, "region" | "beyond">,
  lesion: Box | null,
  picture: { readonly width: number; readonly height: number },
  pixelSize?: number,
): Box {
  if (region.kind === "whole" || lesion === null)
    return { left: 0, top: 0, width: picture.width, height: picture.height };
  let { width, height } = lesion;
  if (region.kind === "window") {
    width = height = Math.max(1, Math.round(region.side / pixelSize!));
  } else {
    const { kind, margin, unit } = region;
    const longer = (length: number) =>
      length +
      2 * Math.round({ pixels: margin, percent: (length * margin) / 100, millimetres: margin / pixelSize! }[unit]);
    if (kind === "square") width = height = Math.max(width, height);
    [width, height] = [longer(width), longer(height)];
  }
  const across = placeSide(lesion.left + (lesion.width - width) / 2, width, picture.width, beyond);
  const down = placeSide(lesion.top + (lesion.height - height) / 2, height, picture.height, beyond);
  return { left: across.start, top: down.start, width: across.length, height: down.length };
}

function placeSide(
  exact: number,
  length: number,
  available: number,
  beyond: PreparationOptions["beyond"],
): { start: number; length: number } {
  const start = Math.floor(exact);
  if (beyond === "fill") return { start, length };
  const shifted = beyond === "shift" ? Math.max(0, Math.min(start, available - length)) : start;
  const first = Math.max(0, shifted);
  return { start: first, length: Math.min(available, shifted + length) - first };
}

/**
 * Makes a region square by making its shorter side as long as the other, equally at both ends; an odd pixel is added to
 * the right or below.
 */
export function squareAround(box: Box): Box {
  const side = Math.max(box.width, box.height);
  return {
    left: box.left - Math.floor((side - box.width) / 2),
    top: box.top - Math.floor((side - box.height) / 2),
    width: side,
    height: side,
  };
}

/**
 * Finds what two boxes have in common.
 *
 * @returns The common part; null where there is none.
 */
export function commonPart(one: Box, other: Box): Box | null {
  const left = Math.max(one.left, other.left);
  const top = Math.max(one.top, other.top);
  const width = Math.min(one.left + one.width, other.left + other.width) - left;
  const height = Math.min(one.top + one.height, other.top + other.height) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : null;
}
