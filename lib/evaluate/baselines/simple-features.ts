import { boxGeometryOf, grayLevelsOf, lesionBoxOf, type SeenImage } from "../../data/audit/shortcut-features";
import type { Split } from "../../data/split/split";
import type { PredictionSet } from "../predictions";
import { predictFolds, type BaselineImages } from "./baseline";
import { regressFeatures } from "./regress-features";

/** Rows and columns of the thumbnail that was kept of each image. */
const thumbnailSide = 32;

/** Rows and columns of the coarse picture whose gray levels are features. */
const coarseSide = 4;

/**
 * Predicts from the lesion's box and some gray levels of a thumbnail, by a logistic regression: the box's geometry, how bright
 * the image is and how far its levels differ, how bright the lesion is against its surroundings, and below it against the
 * surroundings (shadow or enhancement), and a picture of 4 × 4 gray levels. What a study's networks should clearly pass.
 *
 * @throws {Problem} Where an image has neither box nor mask, is not there, cannot be read, or is labelled normal.
 */
export function simpleFeaturesBaseline(split: Split, images: BaselineImages): PredictionSet {
  const model = "box and gray levels";
  return predictFolds(model, split, images, regressFeatures(model, simpleFeaturesOf));
}

/**
 * Computes the features of {@link simpleFeaturesBaseline}.
 *
 * @returns 26 numbers: 4 of the box, then mean and deviation of all gray levels, the lesion's mean and its deviation, its mean
 *   less that of what surrounds it, that of the rows below it less that of what surrounds it (all 0 to 255), and 16 means of
 *   a coarse picture less the mean of all, row by row; null without a box.
 */
export function simpleFeaturesOf(image: SeenImage): number[] | null {
  const geometry = boxGeometryOf(image);
  const box = lesionBoxOf(image);
  if (geometry === null || box === null) return null;
  const levels = Buffer.from(image.seen.thumbnail, "base64");
  const [across, down] = [thumbnailSide / image.seen.width, thumbnailSide / image.seen.height];
  // At least one pixel of the thumbnail, however small the lesion.
  const [left, right] = cover(box.left * across, (box.left + box.width) * across);
  const [top, bottom] = cover(box.top * down, (box.top + box.height) * down);
  const inside = levelsWhere(levels, (x, y) => x >= left && x < right && y >= top && y < bottom);
  const margin = Math.max(1, Math.round((right - left + bottom - top) / 4));
  const around = levelsWhere(
    levels,
    (x, y) =>
      x >= left - margin &&
      x < right + margin &&
      y >= top - margin &&
      y < bottom + margin &&
      !(x >= left && x < right && y >= top && y < bottom),
  );
  const below = levelsWhere(levels, (x, y) => x >= left && x < right && y >= bottom && y < bottom + margin);
  const [meanOfAll, deviationOfAll] = grayLevelsOf(image) as [number, number];
  const [lesion, surroundings] = [meanOf(inside, meanOfAll), meanOf(around, meanOfAll)];
  const spread = Math.sqrt(
    meanOf(
      inside.map((level) => (level - lesion) ** 2),
      0,
    ),
  );
  // A lesion that reaches the lower border has nothing below it: as bright as its surroundings says nothing.
  const contrasts = [lesion - surroundings, meanOf(below, surroundings) - surroundings];
  return [...geometry, meanOfAll, deviationOfAll, lesion, spread, ...contrasts, ...coarse(levels, meanOfAll)];
}

function cover(from: number, to: number): [from: number, to: number] {
  const first = Math.min(thumbnailSide - 1, Math.max(0, Math.floor(from)));
  return [first, Math.min(thumbnailSide, Math.max(first + 1, Math.ceil(to)))];
}

function levelsWhere(levels: Uint8Array, wanted: (x: number, y: number) => boolean): number[] {
  return [...levels].filter((_, index) => wanted(index % thumbnailSide, Math.floor(index / thumbnailSide)));
}

function coarse(levels: Uint8Array, meanOfAll: number): number[] {
  const side = thumbnailSide / coarseSide;
  return Array.from({ length: coarseSide * coarseSide }, (_, cell) => {
    const [column, row] = [cell % coarseSide, Math.floor(cell / coarseSide)];
    const own = levelsWhere(levels, (x, y) => Math.floor(x / side) === column && Math.floor(y / side) === row);
    return meanOf(own, meanOfAll) - meanOfAll;
  });
}

function meanOf(values: readonly number[], otherwise: number): number {
  return values.length === 0 ? otherwise : values.reduce((sum, value) => sum + value, 0) / values.length;
}
