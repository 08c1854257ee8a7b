import FFT from "fft.js";

import { side } from "./thumbnail";

/** The highest frequency of a descriptor, in periods over the picture. */
const highest = 6;

/** How many numbers a descriptor has. */
export const spectrumLength = (highest + 1) ** 2;

const transforms = new Map<number, FFT>();

/** What fades a picture out towards its edges, where shifted copies differ. */
const window = Float64Array.from(
  { length: side },
  (_, place) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (place + 0.5)) / side),
);

/**
 * Describes a picture by how strong its lowest frequencies are, whatever their phases: a shift changes nothing, a mirror image is the
 * same, and a crop or a turn by a few degrees changes little.
 *
 * @param picture A flattened thumbnail, `[32, 32]`.
 * @returns 49 numbers from 0.
 */
export function spectrumOf(picture: ArrayLike<number>): Float64Array {
  const { real, imaginary } = transform(faded(picture));
  const strength = (row: number, column: number) => {
    const place = ((row + side) % side) * side + ((column + side) % side);
    return Math.hypot(real[place]!, imaginary[place]!);
  };
  return Float64Array.from({ length: spectrumLength }, (_, index) => {
    const [row, column] = [Math.floor(index / (highest + 1)), index % (highest + 1)];
    return strength(row, column) + strength(row, -column);
  });
}

/** Fades a picture out towards its edges. */
export function faded(picture: ArrayLike<number>): Float64Array {
  return Float64Array.from(
    picture,
    (value, place) => value * window[Math.floor(place / side)]! * window[place % side]!,
  );
}

/** A complex picture. */
export interface Transformed {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * Computes the two-dimensional Fourier transform of a picture.
 *
 * @param picture The real part, `[size, size]`.
 * @param imaginary The imaginary part; default: 0.
 * @param size Rows and columns, a power of two; default: 32.
 */
export function transform(
  picture: ArrayLike<number>,
  imaginary: ArrayLike<number> | null = null,
  size: number = side,
): Transformed {
  const fft = transforms.get(size) ?? new FFT(size);
  transforms.set(size, fft);
  const real = Float64Array.from(picture);
  const other = imaginary === null ? new Float64Array(size * size) : Float64Array.from(imaginary);
  const [input, output] = [new Float64Array(2 * size), new Float64Array(2 * size)];
  const line = (start: number, step: number) => {
    for (let place = 0; place < size; place++) {
      input[2 * place] = real[start + place * step]!;
      input[2 * place + 1] = other[start + place * step]!;
    }
    fft.transform(output, input);
    for (let place = 0; place < size; place++) {
      real[start + place * step] = output[2 * place]!;
      other[start + place * step] = output[2 * place + 1]!;
    }
  };
  for (let row = 0; row < size; row++) line(row * size, 1);
  for (let column = 0; column < size; column++) line(column, size);
  return { real, imaginary: other };
}
