import * as v from "valibot";

import { oneOf } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { Picture } from "./picture";

const resizeFilter = oneOf(["bicubic", "bilinear", "box", "nearest"]);

/**
 * How new pixels are made of old ones.
 *
 * - `bicubic`: the cubic of Keys with a = -0.5 (Catmull-Rom). Sharp; can go a little beyond the darkest and brightest
 *   level near an edge.
 * - `bilinear`: a triangle. Softer; never goes beyond.
 * - `box`: the mean of the old pixels that a new one covers.
 * - `nearest`: the old pixel at the new one's centre; makes no new levels and has no anti-aliasing.
 */
export type ResizeFilter = v.InferOutput<typeof resizeFilter>;

const resizeOptions = v.strictObject({
  /** How new pixels are made; default: "bicubic". */
  filter: v.optional(resizeFilter, "bicubic"),
});

/** How a picture is resized. @interface */
export type ResizeOptions = v.InferInput<typeof resizeOptions>;

/** A filter's weight by the distance from the new pixel's centre, and the distance from which the weight is 0. */
interface Kernel {
  readonly support: number;
  readonly weight: (distance: number) => number;
}

const kernels: Readonly<Record<Exclude<ResizeFilter, "nearest">, Kernel>> = {
  // Keys, "Cubic convolution interpolation for digital image processing", IEEE Transactions on Acoustics, Speech, and
  // Signal Processing 29:1153-1160, 1981.
  bicubic: {
    support: 2,
    weight: (distance) => {
      const x = Math.abs(distance);
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
      return x < 2 ? ((x - 5) * x + 8) * x * -0.5 + 2 : 0;
    },
  },
  bilinear: { support: 1, weight: (distance) => Math.max(0, 1 - Math.abs(distance)) },
  box: { support: 0.5, weight: (distance) => (distance > -0.5 && distance <= 0.5 ? 1 : 0) },
};

/**
 * Resizes a picture as Pillow does with pictures of floating point numbers (`Image.resize`, mode F): columns, then rows,
 * each new pixel a weighted mean of old ones. Where the picture shrinks, the filter is widened by the ratio, so that fine
 * detail is averaged and does not turn into a false pattern (anti-aliasing). At the border, the filter is cut off.
 *
 * @param width Its new columns, from 1.
 * @param height Its new rows, from 1.
 * @returns A new picture. Its levels are not clipped: "bicubic" can leave the range from 0 to 1 by a little.
 * @throws {Problem} Where a size or the filter is none.
 */
export function resize(picture: Picture, width: number, height: number, options: ResizeOptions = {}): Picture {
  const { filter } = checkOptions("resize", resizeOptions, options);
  for (const [name, size] of Object.entries({ width, height })) {
    if (!Number.isInteger(size) || size < 1) {
      throw new Problem(`A picture was to be resized to a ${name} of ${size}.`, "Give a whole number from 1.");
    }
  }
  if (filter === "nearest") return pickNearest(picture, width, height);
  return resizeRows(resizeColumns(picture, width, kernels[filter]), height, kernels[filter]);
}

/** Which old pixels make each new one along one side, and with which weights. */
interface Weights {
  /** The first old pixel of each new one. */
  readonly first: Int32Array;
  /** How many old pixels each new one has. */
  readonly count: Int32Array;
  /** Their weights, `most` places for each new pixel. */
  readonly values: Float64Array;
  /** The most old pixels that a new one has. */
  readonly most: number;
}

function weigh(from: number, to: number, { support, weight }: Kernel): Weights {
  const ratio = from / to;
  const widening = Math.max(1, ratio);
  const reach = support * widening;
  const most = Math.ceil(reach) * 2 + 1;
  const weights = { first: new Int32Array(to), count: new Int32Array(to), values: new Float64Array(to * most), most };
  for (let place = 0; place < to; place++) {
    const center = (place + 0.5) * ratio;
    const first = Math.max(0, Math.trunc(center - reach + 0.5));
    const count = Math.min(from, Math.trunc(center + reach + 0.5)) - first;
    let sum = 0;
    for (let index = 0; index < count; index++) {
      const value = weight((index + first - center + 0.5) * (1 / widening));
      weights.values[place * most + index] = value;
      sum += value;
    }
    if (sum !== 0) for (let index = 0; index < count; index++) weights.values[place * most + index]! /= sum;
    weights.first[place] = first;
    weights.count[place] = count;
  }
  return weights;
}

function resizeColumns(picture: Picture, width: number, kernel: Kernel): Picture {
  if (width === picture.width) return picture;
  const { height, pixels: old } = picture;
  const { first, count, values, most } = weigh(picture.width, width, kernel);
  const pixels = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = row * picture.width;
    for (let column = 0; column < width; column++) {
      const from = start + first[column]!;
      const weight = column * most;
      const terms = count[column]!;
      let sum = 0;
      for (let index = 0; index < terms; index++) sum += old[from + index]! * values[weight + index]!;
      pixels[row * width + column] = sum;
    }
  }
  return { width, height, pixels };
}

function resizeRows(picture: Picture, height: number, kernel: Kernel): Picture {
  const { width, pixels: old } = picture;
  if (height === picture.height) return { width, height, pixels: old.slice() };
  const { first, count, values, most } = weigh(picture.height, height, kernel);
  const pixels = new Float32Array(width * height);
  // Whole rows are added up, so that memory is read in order.
  const sums = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    sums.fill(0);
    for (let index = 0; index < count[row]!; index++) {
      const start = (first[row]! + index) * width;
      const value = values[row * most + index]!;
      for (let column = 0; column < width; column++) sums[column]! += old[start + column]! * value;
    }
    pixels.set(sums, row * width);
  }
  return { width, height, pixels };
}

function pickNearest({ width: from, height: down, pixels: old }: Picture, width: number, height: number): Picture {
  const columns = nearestPlaces(from, width);
  const rows = nearestPlaces(down, height);
  const pixels = new Float32Array(width * height);
  for (let row = 0; row < height; row++) {
    const start = rows[row]! * from;
    for (let column = 0; column < width; column++) pixels[row * width + column] = old[start + columns[column]!]!;
  }
  return { width, height, pixels };
}

// The steps are added up rather than multiplied, as Pillow does: where a centre falls between two pixels, rounding
// decides.
function nearestPlaces(from: number, to: number): Int32Array {
  const places = new Int32Array(to);
  let center = (from / to) * 0.5;
  for (let place = 0; place < to; place++) {
    places[place] = Math.min(from - 1, Math.floor(center));
    center += from / to;
  }
  return places;
}
