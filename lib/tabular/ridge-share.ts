import { fitRidge } from "../statistics/ridge";
import { reliability } from "../statistics/reliability";
import { mean } from "../statistics/summary";
import { createFeatures } from "../trials/strategies/ridge-strategies";
import type { Pool } from "./replay";

/** How much of what networks differ by a regression on their decisions and costs foretells. Plain data. */
export interface RidgeShare {
  /** The share of the labels' variance that it explains, of networks left out one at a time; below 0 where it is worse than their mean. */
  readonly explained: number;
  /** The share that is reliable at all: of the mean over the folds. */
  readonly reliable: number;
  /** The first as a share of the second; 0 where nothing is explained, or nothing reliable. */
  readonly share: number;
}

/**
 * Says how much of what is reliable in the labels of a pool the ridge predictor's regression explains, with its own columns and its own choice
 * of the penalty, where it has been told all labels but the one in question.
 *
 * @param pool The networks, with their areas on all folds.
 */
export function ridgeShare(pool: Pick<Pool, "candidates" | "options" | "areas">): RidgeShare {
  const labels = pool.areas.map((own) => mean(own));
  const { leftOut } = fitRidge(pool.candidates.map(createFeatures(pool, false)), labels);
  const centre = mean(labels);
  const squares = (differences: readonly number[]) => differences.reduce((sum, one) => sum + one * one, 0);
  const explained =
    1 - squares(leftOut.map((guess, index) => guess - labels[index]!)) / squares(labels.map((label) => label - centre));
  const reliable = reliability(pool.areas).mean;
  return { explained, reliable, share: reliable <= 0 ? 0 : Math.max(0, explained / reliable) };
}
