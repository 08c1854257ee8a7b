import { generatePhantoms } from "../../../../lib/data/phantom/phantom";
import { resize } from "../../../../lib/pictures/resize";
import { createRandom } from "../../../../lib/runtime/random";

const size = 160;

/** Gray levels of different phantoms, of 160 × 160 pixels, 0 to 1. */
export function phantoms(count: number): Float32Array[] {
  return generatePhantoms({ count: 2 * count, size, random: createRandom(9) })
    .filter(({ view }) => view === 1)
    .map(({ pixels }) => Float32Array.from(pixels));
}

/** How a picture is changed: where the pixel at a column and a row comes from; what lies outside is black. */
export type Change = (column: number, row: number) => readonly [number, number];

/** Makes the thumbnail of a picture, changed or as it is. */
export function thumbnailOf(pixels: Float32Array, change: Change = (column, row) => [column, row]): Uint8Array {
  const changed = Float32Array.from({ length: size * size }, (_, place) => {
    const [column, row] = change(place % size, Math.floor(place / size));
    const [left, top] = [Math.floor(column), Math.floor(row)];
    if (left < 0 || top < 0 || left >= size - 1 || top >= size - 1) return 0;
    const [right, down] = [column - left, row - top];
    const at = (x: number, y: number) => pixels[y * size + x]!;
    return (
      (at(left, top) * (1 - right) + at(left + 1, top) * right) * (1 - down) +
      (at(left, top + 1) * (1 - right) + at(left + 1, top + 1) * right) * down
    );
  });
  const small = resize({ width: size, height: size, pixels: changed }, 32, 32, { filter: "bicubic" });
  return Uint8Array.from(small.pixels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
}

/** A turn by some degrees about the middle. */
export function turn(degrees: number): Change {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const middle = (size - 1) / 2;
  return (column, row) => {
    const [x, y] = [column - middle, row - middle];
    return [middle + cosine * x - sine * y, middle + sine * x + cosine * y];
  };
}

/** A crop by some pixels of 160 on each side. */
export function crop(left: number, top: number, right: number, bottom: number): Change {
  return (column, row) => [left + (column * (size - left - right)) / size, top + (row * (size - top - bottom)) / size];
}

/** The mirror image. */
export const mirrored: Change = (column, row) => [size - 1 - column - 1e-9, row];
