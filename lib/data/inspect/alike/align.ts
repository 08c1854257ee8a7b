import { faded, transform, type Transformed } from "./spectrum";
import { side } from "./thumbnail";

/** A thumbnail with what aligning another to it wants. */
export interface Alignable {
  /** The flattened picture, `[32, 32]`. */
  readonly picture: Float64Array;
  /** The Fourier transform of the picture faded out. */
  readonly transformed: Transformed;
  /** What it rises by from column to column, and from row to row. */
  readonly slopes: readonly [Float64Array, Float64Array];
}

/** How far the first guess may shift, in pixels of the thumbnail: a fifth of the side. */
const farthest = 6;

/** Rows and columns of the picture in which the first guess is made. */
const coarse = 16;

/** The least share of a picture that has to lie over the other. */
const leastOverlap = 0.55;

/** Refinements at most, and after how many those are given up that are still far from alike. */
const [refinements, first] = [12, 4];

/** What correlation promises nothing after the first refinements. */
const hopeless = 0.45;

/** How strongly scale and shear, shifts, and gain and offset are held back in a refinement, in units of the squares of slopes. */
const damping = [2000, 2000, 5, 2000, 2000, 5, 1e-3, 1e-3];

/** Between what the numbers of a map stay. */
const bounds = [
  [0.75, 1.33],
  [-0.25, 0.25],
  [-6, 6],
  [-0.25, 0.25],
  [0.75, 1.33],
  [-6, 6],
] as const;

/**
 * Prepares a flattened thumbnail for alignments.
 *
 * @param picture `[32, 32]`.
 */
export function alignable(picture: Float64Array): Alignable {
  const slope = (step: number, placeOf: (index: number) => number) =>
    picture.map((value, index) => {
      const place = placeOf(index);
      const before = place > 0 ? picture[index - step]! : value;
      const after = place < side - 1 ? picture[index + step]! : value;
      return (after - before) / (place > 0 && place < side - 1 ? 2 : 1);
    });
  return {
    picture,
    transformed: transform(faded(picture)),
    slopes: [slope(1, (index) => index % side), slope(side, (index) => Math.floor(index / side))],
  };
}

/** The mirror images of a thumbnail: itself, left to right, upside down, and both. */
export function mirrorImages(picture: Float64Array): Float64Array[] {
  const mirror = (across: boolean, down: boolean) =>
    picture.map((_, index) => {
      const [row, column] = [Math.floor(index / side), index % side];
      return picture[(down ? side - 1 - row : row) * side + (across ? side - 1 - column : column)]!;
    });
  return [picture, mirror(true, false), mirror(false, true), mirror(true, true)];
}

/**
 * Says how alike two pictures are once the one is laid over the other as well as it goes: mirrored, shifted, scaled and turned a little.
 * The shift is guessed by the correlation of phases (Kuglin and Hines, 1975), all else refined by Gauss and Newton's steps on an affine
 * map (Baker and Matthews, "Lucas-Kanade 20 years on", IJCV 56:221-255, 2004).
 *
 * @param still The picture that stays.
 * @param images The mirror images of the other.
 * @returns The correlation where they overlap, by at least 55 %; -1 to 1.
 */
export function alignedCorrelation(still: Alignable, images: readonly Alignable[]): number {
  const guesses = images
    .map((image) => {
      const map = guessShift(still, image);
      return { image, map, correlation: compare(still.picture, image, map, 2).correlation };
    })
    .sort((a, b) => b.correlation - a.correlation)
    .slice(0, 2);
  const refined = guesses
    .map(({ image, map, correlation }) => refine(still, { image, map, correlation, best: correlation }, first, 2))
    .sort((a, b) => b.best - a.best);
  const [leading] = refined;
  if (leading!.best < hopeless) return leading!.best;
  // What few pixels say counts for nothing in the end.
  return refine(still, { ...leading!, best: -1 }, refinements - first, 1).best;
}

/** Column and row of the other picture at a place: `a x + b y + c`, `d x + e y + f`, from the middle. */
type AffineMap = readonly number[];

interface Alignment {
  readonly image: Alignable;
  readonly map: AffineMap;
  readonly correlation: number;
  /** The best correlation so far. */
  readonly best: number;
}

// By the lowest frequencies alone, whose transform back is a coarse picture: refinements find the rest.
function guessShift({ transformed: a }: Alignable, { transformed: b }: Alignable): AffineMap {
  const [real, imaginary] = [new Float64Array(coarse * coarse), new Float64Array(coarse * coarse)];
  for (let down = 1 - coarse / 2; down < coarse / 2; down++)
    for (let across = 1 - coarse / 2; across < coarse / 2; across++) {
      const place = wrapped(down, side) * side + wrapped(across, side);
      const re = a.real[place]! * b.real[place]! + a.imaginary[place]! * b.imaginary[place]!;
      const im = a.imaginary[place]! * b.real[place]! - a.real[place]! * b.imaginary[place]!;
      // Not the phases alone: weak frequencies are noise.
      const weight = 1 / ((re * re + im * im) ** 0.35 + 1e-9);
      const to = wrapped(down, coarse) * coarse + wrapped(across, coarse);
      // Conjugate, so that the transform forwards gives the inverse one.
      real[to] = re * weight;
      imaginary[to] = -im * weight;
    }
  const { real: peaks } = transform(real, imaginary, coarse);
  const reach = Math.floor((farthest * coarse) / side);
  let [most, shift]: [number, readonly [number, number]] = [-Infinity, [0, 0]];
  for (let down = -reach; down <= reach; down++)
    for (let across = -reach; across <= reach; across++) {
      const peak = peaks[wrapped(down, coarse) * coarse + wrapped(across, coarse)]!;
      if (peak > most) [most, shift] = [peak, [across, down]];
    }
  const scale = side / coarse;
  return [1, 0, -shift[0] * scale, 0, 1, -shift[1] * scale];
}

function wrapped(place: number, length: number): number {
  return (place + length) % length;
}

const middle = (side - 1) / 2;

/** How two pictures correlate where they lie over each other. */
interface Overlap {
  readonly correlation: number;
  /** Pixels of the still picture that lie over the other. */
  readonly count: number;
  readonly means: readonly [number, number];
  readonly deviations: readonly [number, number];
}

// Written by each comparison and read by the refinement after it: the places in the still picture, where each is in the other, and what is there.
const places = new Int32Array(side * side);
const columns = new Float64Array(side * side);
const rows = new Float64Array(side * side);
const values = new Float64Array(side * side);

// Of every `stride`-th row and column.
function compare(still: Float64Array, image: Alignable, map: AffineMap, stride: number): Overlap {
  const [a, b, c, d, e, f] = map as [number, number, number, number, number, number];
  const { picture } = image;
  let [count, s, v, ss, vv, sv] = [0, 0, 0, 0, 0, 0];
  const perSide = Math.ceil(side / stride);
  for (let number = 0; number < perSide * perSide; number++) {
    const place = stride * (Math.floor(number / perSide) * side + (number % perSide));
    const y = Math.floor(place / side) - middle;
    const x = (place % side) - middle;
    const column = a * x + b * y + c + middle;
    const row = d * x + e * y + f + middle;
    if (column < 0 || column > side - 1 || row < 0 || row > side - 1) continue;
    const value = sample(picture, column, row);
    const own = still[place]!;
    places[count] = place;
    columns[count] = column;
    rows[count] = row;
    values[count] = value;
    count++;
    s += own;
    v += value;
    ss += own * own;
    vv += value * value;
    sv += own * value;
  }
  const means = [s / count, v / count] as const;
  const deviations = [Math.sqrt(ss / count - means[0] ** 2), Math.sqrt(vv / count - means[1] ** 2)] as const;
  const enough = count >= leastOverlap * perSide * perSide && deviations[0] > 0 && deviations[1] > 0;
  const correlation = enough ? (sv / count - means[0] * means[1]) / (deviations[0] * deviations[1]) : -1;
  return { correlation, count, means, deviations };
}

function sample(picture: Float64Array, column: number, row: number): number {
  const left = Math.min(side - 2, Math.floor(column));
  const top = Math.min(side - 2, Math.floor(row));
  const right = column - left;
  const down = row - top;
  const place = top * side + left;
  const upper = picture[place]! + (picture[place + 1]! - picture[place]!) * right;
  const lower = picture[place + side]! + (picture[place + side + 1]! - picture[place + side]!) * right;
  return upper + (lower - upper) * down;
}

function refine(still: Alignable, start: Alignment, steps: number, stride: number): Alignment {
  const { image } = start;
  let { map, best } = start;
  let overlap = compare(still.picture, image, map, stride);
  best = Math.max(best, overlap.correlation);
  for (let step = 0; step < steps && overlap.correlation > -1; step++) {
    map = improve(still.picture, image, map, overlap);
    overlap = compare(still.picture, image, map, stride);
    best = Math.max(best, overlap.correlation);
  }
  return { image, map, correlation: overlap.correlation, best };
}

const unknowns = 8;

// A step of Gauss and Newton for the map and for gain and offset of the gray levels, after a comparison by the same map.
function improve(still: Float64Array, { slopes }: Alignable, map: AffineMap, overlap: Overlap): number[] {
  const { count, means, deviations } = overlap;
  const square = new Float64Array(unknowns * unknowns);
  const target = new Float64Array(unknowns);
  const row = new Float64Array(unknowns);
  const gain = deviations[1] / deviations[0];
  for (let at = 0; at < count; at++) {
    const place = places[at]!;
    const y = Math.floor(place / side) - middle;
    const x = (place % side) - middle;
    const across = sample(slopes[0], columns[at]!, rows[at]!);
    const down = sample(slopes[1], columns[at]!, rows[at]!);
    const value = values[at]!;
    row[0] = across * x;
    row[1] = across * y;
    row[2] = across;
    row[3] = down * x;
    row[4] = down * y;
    row[5] = down;
    row[6] = value;
    row[7] = 1;
    const left = (still[place]! - means[0]) * gain + means[1] - value;
    for (let i = 0; i < unknowns; i++) {
      const own = row[i]!;
      target[i]! += own * left;
      for (let j = 0; j <= i; j++) square[i * unknowns + j]! += own * row[j]!;
    }
  }
  for (let i = 0; i < unknowns; i++) square[i * unknowns + i]! += damping[i]!;
  const change = solvePositive(square, target);
  return bounds.map(([least, most], index) => Math.min(most, Math.max(least, map[index]! + change[index]!)));
}

// By Cholesky's decomposition, in place; of the square the lower half is given.
function solvePositive(square: Float64Array, target: Float64Array): Float64Array {
  const n = unknowns;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = square[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= square[i * n + k]! * square[j * n + k]!;
      square[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / square[j * n + j]!;
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) target[i]! -= square[i * n + k]! * target[k]!;
    target[i]! /= square[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) target[i]! -= square[k * n + i]! * target[k]!;
    target[i]! /= square[i * n + i]!;
  }
  return target;
}
