import { Problem } from "../runtime/problem";

/** How much of a map lies inside a lesion. */
export interface AttentionInside {
  /** The share of the map's values above 0 that lies inside, 0 to 1; null where the map has none above 0. */
  readonly share: number | null;
  /** The lesion's share of the image, above 0 to 1: what {@link share} would be of a map that knows nothing of it. */
  readonly area: number;
  /** `share / area`: 1 for chance, above 1 where the map prefers the lesion; null where the map has no value above 0. */
  readonly ratio: number | null;
}

/**
 * Measures how much of what a network looks at lies inside the lesion's outline, and how much chance would put there.
 * Values below 0 do not count. A pixel that is partly lesion counts by its share.
 *
 * @param map The map, `[height, width]` row by row.
 * @param mask The lesion's share of each pixel, 0 to 1, in the same crop and size: see `lesionMasks`.
 * @throws {Problem} Where the two differ in size, the mask is empty, or a number is not one.
 */
export function attentionInside(map: ArrayLike<number>, mask: ArrayLike<number>): AttentionInside {
  if (map.length !== mask.length) {
    throw new Problem(
      `A heat map of ${map.length} pixels was to be compared with a mask of ${mask.length}.`,
      "Prepare the mask as the images: lesionMasks does it.",
    );
  }
  let [inside, all, lesion] = [0, 0, 0];
  for (let pixel = 0; pixel < map.length; pixel++) {
    const [value, part] = [map[pixel]!, mask[pixel]!];
    if (!Number.isFinite(value) || !(part >= 0 && part <= 1)) {
      throw new Problem(
        `Pixel ${pixel} has ${value} in the heat map and ${part} in the mask, expected a finite number and 0 to 1.`,
        "Give the map of a network that predicts numbers, and a mask of shares.",
      );
    }
    lesion += part;
    if (value <= 0) continue;
    all += value;
    inside += value * part;
  }
  if (lesion === 0) {
    throw new Problem(
      "A mask is empty: there is no lesion for attention to lie in.",
      "Leave images without a lesion out.",
    );
  }
  const area = lesion / map.length;
  if (all === 0) return { share: null, area, ratio: null };
  return { share: inside / all, area, ratio: inside / all / area };
}
