import type { Mask } from "./picture";

/** The parts of a mask that hang together. */
export interface Components {
  /** Of each pixel the number of its part, from 1; 0 where there is none. `[height, width]`, row by row. */
  readonly labels: Int32Array;
  /** The pixels of each part, in the order of their numbers. */
  readonly areas: readonly number[];
}

/**
 * Finds the parts of a mask whose pixels touch each other, at corners too.
 *
 * @returns The parts, numbered by their first pixel, row by row.
 */
export function componentsOf({ width, height, pixels }: Mask): Components {
  const labels = new Int32Array(pixels.length);
  const areas: number[] = [];
  const open: number[] = [];
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0 || labels[start] !== 0) continue;
    const label = areas.length + 1;
    let area = 0;
    labels[start] = label;
    open.push(start);
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      area += 1;
      const [row, column] = [Math.floor(place / width), place % width];
      for (let down = Math.max(0, row - 1); down <= Math.min(height - 1, row + 1); down++)
        for (let across = Math.max(0, column - 1); across <= Math.min(width - 1, column + 1); across++) {
          const next = down * width + across;
          if (pixels[next] === 0 || labels[next] !== 0) continue;
          labels[next] = label;
          open.push(next);
        }
    }
    areas.push(area);
  }
  return { labels, areas };
}

/**
 * Keeps the largest part of a mask, the first of equal ones.
 *
 * @param components The parts of the mask; default: they are found.
 * @returns A mask of it alone; null where the mask is empty.
 */
export function largestComponent(mask: Mask, components: Components = componentsOf(mask)): Mask | null {
  const { labels, areas } = components;
  if (areas.length === 0) return null;
  const largest = areas.indexOf(Math.max(...areas)) + 1;
  return { ...mask, pixels: Uint8Array.from(labels, (label) => (label === largest ? 1 : 0)) };
}

/**
 * Fills the holes of a mask: what is not in it and is not connected with the border, by sides alone.
 *
 * @returns A new mask.
 */
export function fillHoles({ width, height, pixels }: Mask): Mask {
  const outside = new Uint8Array(pixels.length);
  const open: number[] = [];
  const reach = (place: number) => {
    if (pixels[place] !== 0 || outside[place] !== 0) return;
    outside[place] = 1;
    open.push(place);
  };
  for (let column = 0; column < width; column++) [column, (height - 1) * width + column].forEach(reach);
  for (let row = 0; row < height; row++) [row * width, row * width + width - 1].forEach(reach);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const column = place % width;
    if (column > 0) reach(place - 1);
    if (column < width - 1) reach(place + 1);
    if (place >= width) reach(place - width);
    if (place + width < pixels.length) reach(place + width);
  }
  return { width, height, pixels: outside.map((one) => 1 - one) };
}
