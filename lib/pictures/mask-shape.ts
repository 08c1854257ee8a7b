import { areaOfMask, outlineOfMask } from "./mask";
import type { Mask } from "./picture";

/** What the shape of a lesion is. All but the first do not change where the picture is larger or smaller, but for pixels. */
export interface MaskShape {
  /** Its area, in pixels. */
  readonly area: number;
  /** The length of its outline, in pixels. */
  readonly perimeter: number;
  /** 4π · area / perimeter²: 1 for a disc, less for what is long or ragged. */
  readonly circularity: number;
  /** Its area by that of its convex hull, up to 1. */
  readonly solidity: number;
  /** The perimeter of its convex hull by its own: less than 1 for bays, but for pixels. */
  readonly convexity: number;
  /** Its perimeter by that of the same lesion with a smoothed outline, less 1: 0 for smooth ones. */
  readonly roughness: number;
}

/**
 * Measures the shape of a lesion.
 *
 * @param mask The lesion; of several parts, of all of them together.
 * @returns Its shape; null where the mask is empty.
 */
export function shapeOfMask(mask: Mask): MaskShape | null {
  const area = areaOfMask(mask);
  if (area === 0) return null;
  const perimeter = perimeterOf(mask);
  const hull = convexHull(mask);
  return {
    ...{ area, perimeter },
    circularity: (4 * Math.PI * area) / perimeter ** 2,
    solidity: area / hull.area,
    convexity: hull.perimeter / perimeter,
    roughness: perimeter / perimeterOf(smoothed(mask, area)) - 1,
  };
}

/**
 * Measures the length of outlines: from centre to centre of their pixels, each place by how the outline runs through it (Benkrid,
 * Crookes and Benkrid, "Design and FPGA implementation of a perimeter estimator", 2000), as scikit-image does.
 *
 * @returns Pixels; of a lesion of one pixel 1, as nothing runs through it.
 */
export function perimeterOf(mask: Mask): number {
  const { width, height, pixels } = outlineOfMask(mask);
  const at = (row: number, column: number) =>
    row >= 0 && row < height && column >= 0 && column < width ? pixels[row * width + column]! : 0;
  let sum = 0;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      if (at(row, column) === 0) continue;
      const beside = at(row - 1, column) + at(row + 1, column) + at(row, column - 1) + at(row, column + 1);
      const corners =
        at(row - 1, column - 1) + at(row - 1, column + 1) + at(row + 1, column - 1) + at(row + 1, column + 1);
      sum += lengthAt(beside, corners);
    }
  return Math.max(1, sum);
}

// How much of the outline lies at a pixel of it, by how many neighbours beside and at its corners are outline, too.
function lengthAt(beside: number, corners: number): number {
  switch (10 * corners + 2 * beside + 1) {
    case 5:
    case 7:
    case 15:
    case 17:
    case 25:
    case 27:
      return 1;
    case 21:
    case 33:
      return Math.SQRT2;
    case 13:
    case 23:
      return (1 + Math.SQRT2) / 2;
    default:
      return 0;
  }
}

/** Area and perimeter of the convex hull of a mask's pixels, whose corners count. */
function convexHull({ width, height, pixels }: Mask): { area: number; perimeter: number } {
  // Of each row only the first and the last pixel can be on the hull; from left to right in each.
  const points: [x: number, y: number][] = [];
  for (let row = 0; row < height; row++) {
    const first = pixels.indexOf(1, row * width);
    if (first < 0 || first >= (row + 1) * width) continue;
    const last = pixels.lastIndexOf(1, (row + 1) * width - 1);
    for (const y of [row, row + 1]) points.push([first - row * width, y], [last - row * width + 1, y]);
  }
  points.sort(([x, y], [otherX, otherY]) => x - otherX || y - otherY);
  const hull = [...halfHull(points), ...halfHull(points.reverse())];
  let [area, perimeter] = [0, 0];
  hull.forEach(([x, y], index) => {
    const [nextX, nextY] = hull[(index + 1) % hull.length]!;
    area += (x * nextY - nextX * y) / 2;
    perimeter += Math.hypot(nextX - x, nextY - y);
  });
  return { area: Math.abs(area), perimeter };
}

// Andrew's monotone chain, without its last point, with which the other half begins.
function halfHull(points: readonly [number, number][]): [number, number][] {
  const hull: [number, number][] = [];
  for (const point of points) {
    while (hull.length >= 2 && turn(hull.at(-2)!, hull.at(-1)!, point) <= 0) hull.pop();
    hull.push(point);
  }
  return hull.slice(0, -1);
}

const turn = ([ax, ay]: [number, number], [bx, by]: [number, number], [cx, cy]: [number, number]) =>
  (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);

/** The mask with an outline whose teeth are averaged away: the mean of a square around each pixel, cut at one half. */
function smoothed({ width, height, pixels }: Mask, area: number): Mask {
  // A twentieth of the diameter of a disc of this area to each side.
  const reach = Math.max(1, Math.round(0.05 * Math.sqrt((4 * area) / Math.PI)));
  const along = (source: Float64Array, lines: number, length: number, step: number, stride: number) => {
    const means = new Float64Array(source.length);
    for (let line = 0; line < lines; line++) {
      let sum = 0;
      const at = (place: number) => (place < 0 || place >= length ? 0 : source[line * stride + place * step]!);
      for (let place = -reach; place < reach; place++) sum += at(place);
      for (let place = 0; place < length; place++) {
        sum += at(place + reach);
        means[line * stride + place * step] = sum / (2 * reach + 1);
        sum -= at(place - reach);
      }
    }
    return means;
  };
  const means = along(along(Float64Array.from(pixels), height, width, 1, width), width, height, width, 1);
  const smooth = Uint8Array.from(means, (mean) => (mean > 0.5 - 1e-9 ? 1 : 0));
  // What is smaller than the square stays.
  return { width, height, pixels: smooth.includes(1) ? smooth : pixels };
}
