import type { Box, Mask } from "./picture";

/** A set of touching pixels. */
export interface Region {
  /** Its pixels. */
  readonly area: number;
  /** The smallest box that holds it. */
  readonly box: Box;
  /** Its pixels' places, row · width + column, in no special order. int32. */
  readonly places: Int32Array;
}

/**
 * Finds the sets of pixels that touch each other, corners included.
 *
 * @param mask The pixels to look at.
 * @returns The regions, in the order of their first pixels.
 */
export function regionsOfMask({ width, height, pixels }: Mask): Region[] {
  const waiting = Uint8Array.from(pixels);
  const places = new Int32Array(pixels.length);
  const regions: Region[] = [];
  for (let start = 0; start < pixels.length; start++) {
    if (waiting[start] === 0) continue;
    waiting[start] = 0;
    places[0] = start;
    let count = 1;
    let [left, right, top, bottom] = [width, 0, height, 0];
    for (let index = 0; index < count; index++) {
      const place = places[index]!;
      const row = Math.floor(place / width);
      const column = place - row * width;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      if (row > bottom) bottom = row;
      for (let down = row > 0 ? row - 1 : 0; down <= row + 1 && down < height; down++) {
        for (let across = column > 0 ? column - 1 : 0; across <= column + 1 && across < width; across++) {
          const next = down * width + across;
          if (waiting[next] === 0) continue;
          waiting[next] = 0;
          places[count++] = next;
        }
      }
    }
    const box = { left, top, width: right - left + 1, height: bottom - top + 1 };
    regions.push({ area: count, box, places: places.slice(0, count) });
  }
  return regions;
}
