/**
 * Thumbnails in which near duplicates are looked for: what is bright and dark in the whole picture, which all ultrasound images have
 * alike, is taken out; the pattern of tissue is left.
 *
 * @module
 */

/** Rows and columns of a thumbnail. */
export const side = 32;

/** How far the surroundings reach that a pixel is held against, in pixels to each side. */
const reach = 3;

/** The least standard deviation of surroundings, in gray levels of 255: flat ones would show noise alone. */
const leastDeviation = 2;

/**
 * Brings each pixel to mean 0 and standard deviation 1 among its surroundings of 7 × 7 pixels.
 *
 * @param levels Gray levels from 0 to 255, `[32, 32]`.
 * @returns `[32, 32]`.
 */
export function flatten(levels: ArrayLike<number>): Float64Array {
  const values = smooth(levels);
  const means = boxMeans(values);
  const squares = boxMeans(values.map((value) => value * value));
  return values.map((value, place) => {
    const variance = squares[place]! - means[place]! ** 2;
    return (value - means[place]!) / Math.sqrt(Math.max(variance, leastDeviation ** 2));
  });
}

/** Weights of a Gaussian of half a pixel, which takes away what resizing makes of single pixels. */
const blur = [-2, -1, 0, 1, 2].map((offset) => Math.exp(-(offset ** 2) / (2 * 0.5 ** 2)));

function smooth(levels: ArrayLike<number>): Float64Array {
  const total = blur.reduce((sum, weight) => sum + weight, 0);
  const along = (values: ArrayLike<number>, step: number, others: number) => {
    const result = new Float64Array(side * side);
    for (let line = 0; line < side; line++)
      for (let place = 0; place < side; place++) {
        let sum = 0;
        blur.forEach((weight, index) => {
          sum += weight * values[line * others + mirrored(place + index - 2) * step]!;
        });
        result[line * others + place * step] = sum / total;
      }
    return result;
  };
  return along(along(levels, 1, side), side, 1);
}

// Means over the surroundings, which are mirrored at the edge.
function boxMeans(values: Float64Array): Float64Array {
  const along = (from: Float64Array, step: number, others: number) => {
    const result = new Float64Array(side * side);
    for (let line = 0; line < side; line++) {
      let sum = 0;
      for (let offset = -reach; offset <= reach; offset++) sum += from[line * others + mirrored(offset) * step]!;
      for (let place = 0; place < side; place++) {
        result[line * others + place * step] = sum / (2 * reach + 1);
        sum +=
          from[line * others + mirrored(place + reach + 1) * step]! -
          from[line * others + mirrored(place - reach) * step]!;
      }
    }
    return result;
  };
  return along(along(values, 1, side), side, 1);
}

function mirrored(place: number): number {
  if (place < 0) return -place - 1;
  return place < side ? place : 2 * side - 1 - place;
}
