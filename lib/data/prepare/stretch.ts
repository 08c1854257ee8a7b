import type { Picture } from "../../pictures/picture";

/**
 * Finds the level below which a share of a list lies, with linear interpolation between two values, as NumPy's
 * `percentile` does (method 7 of Hyndman and Fan, "Sample quantiles in statistical packages", The American Statistician
 * 50:361-365, 1996).
 *
 * @param sorted The values from the smallest to the largest, at least one.
 * @param percent The share, from 0 to 100.
 */
export function percentileOfSorted(sorted: ArrayLike<number>, percent: number): number {
  const place = ((sorted.length - 1) * percent) / 100;
  const below = Math.floor(place);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}

/**
 * Stretches a picture's gray levels: those at two percentiles become 0 and 1, those between them follow in proportion,
 * and those beyond are clipped.
 *
 * @param picture The picture.
 * @param percentiles The two, from 0 to 100.
 * @returns A new picture; a copy where the two percentiles have the same level, as there is no contrast to stretch.
 */
export function stretch(picture: Picture, percentiles: { readonly low: number; readonly high: number }): Picture {
  const sorted = picture.pixels.slice().sort();
  const low = percentileOfSorted(sorted, percentiles.low);
  const high = percentileOfSorted(sorted, percentiles.high);
  const pixels = picture.pixels.slice();
  if (high > low) {
    const factor = 1 / (high - low);
    for (let pixel = 0; pixel < pixels.length; pixel++) {
      const level = (pixels[pixel]! - low) * factor;
      pixels[pixel] = level < 0 ? 0 : level > 1 ? 1 : level;
    }
  }
  return { ...picture, pixels };
}
