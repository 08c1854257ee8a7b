import { distanceMap } from "../pictures/distance-map";
import { areaOfMask, boxOfMask, outlineOfMask } from "../pictures/mask";
import type { Box, Mask } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import { quantile } from "../statistics/summary";

/** How well a mask agrees with the expert's. */
export interface MaskAgreement {
  /** The Dice coefficient, 0 to 1: twice what both have, by the sum of both. */
  readonly dice: number;
  /** The intersection over the union, 0 to 1. */
  readonly intersectionOverUnion: number;
  /**
   * The 95th percentile of the distances from each pixel of an outline to the nearest of the other one, the larger of both ways, in
   * pixels (the Hausdorff distance without its outliers); null where nothing was found.
   */
  readonly hausdorff95: number | null;
  /** The intersection over the union of the smallest boxes around them, 0 to 1. */
  readonly boxIntersectionOverUnion: number;
}

/**
 * Measures how well a mask agrees with the expert's.
 *
 * @param found What was found; null for nothing.
 * @param expert The expert's, not empty.
 * @throws {Problem} Where their sizes differ, or the expert's is empty.
 */
export function agreementOf(found: Mask | null, expert: Mask): MaskAgreement {
  const expertBox = boxOfMask(expert);
  if (expertBox === null) throw new Problem("The expert's mask is empty.", "Leave out images without a lesion.");
  const foundBox = found === null ? null : boxOfMask(found);
  if (found === null || foundBox === null)
    return { dice: 0, intersectionOverUnion: 0, hausdorff95: null, boxIntersectionOverUnion: 0 };
  if (found.width !== expert.width || found.height !== expert.height) {
    throw new Problem(
      `A mask of ${found.width} × ${found.height} pixels was to be compared with one of ${expert.width} × ${expert.height}.`,
      "Give both at the picture's own size.",
    );
  }
  const both = found.pixels.reduce((sum, pixel, place) => sum + pixel * expert.pixels[place]!, 0);
  const sum = areaOfMask(found) + areaOfMask(expert);
  return {
    dice: (2 * both) / sum,
    intersectionOverUnion: both / (sum - both),
    hausdorff95: hausdorff95(outlineOfMask(found), outlineOfMask(expert)),
    boxIntersectionOverUnion: intersectionOverUnion(foundBox, expertBox),
  };
}

function hausdorff95(one: Mask, other: Mask): number {
  const farthest = (from: Mask, to: Mask) => {
    const map = distanceMap(to);
    return quantile(
      [...map].filter((_, place) => from.pixels[place] === 1),
      0.95,
    );
  };
  return Math.max(farthest(one, other), farthest(other, one));
}

/** Computes the intersection over the union of two boxes, 0 to 1. */
export function intersectionOverUnion(one: Box, other: Box): number {
  const shared = (start: number, length: number, begin: number, extent: number) =>
    Math.max(0, Math.min(start + length, begin + extent) - Math.max(start, begin));
  const both =
    shared(one.left, one.width, other.left, other.width) * shared(one.top, one.height, other.top, other.height);
  return both / (one.width * one.height + other.width * other.height - both);
}
