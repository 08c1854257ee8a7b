import type { RandomGenerator } from "../runtime/random";
import { mean } from "../statistics/summary";
import { samplePoint, type Dimensions, type Point } from "./dimension";

/** How much of the spread of values a setting accounts for. */
export interface Importance {
  readonly name: string;
  /** By itself, the others being as they may be: from about 0 to 1. */
  readonly alone: number;
  /** With all that it does together with others; at least what it does by itself, but for the error of drawing. */
  readonly total: number;
}

/**
 * Divides the variance of a function among its settings: Sobol's indices, by the estimators of Saltelli et al. ("Variance based sensitivity
 * analysis of model output", 2010) and Jansen (1999).
 *
 * @param valuesOf Gives the values of points.
 * @param draws Pairs of points that are drawn.
 * @returns One entry a setting, the most important first; all 0 where values do not differ.
 */
export function importanceOf(
  dimensions: Dimensions,
  valuesOf: (points: readonly Point[]) => readonly number[],
  draws: number,
  random: RandomGenerator,
): Importance[] {
  const draw = () => Array.from({ length: draws }, () => samplePoint(dimensions, random));
  const [first, second] = [draw(), draw()];
  const [ofFirst, ofSecond] = [valuesOf(first), valuesOf(second)];
  const all = [...ofFirst, ...ofSecond];
  const center = mean(all);
  const variance = mean(all.map((value) => (value - center) ** 2));
  return Object.keys(dimensions)
    .map((name): Importance => {
      if (variance < 1e-20) return { name, alone: 0, total: 0 };
      const exchanged = valuesOf(first.map((point, index) => ({ ...point, [name]: second[index]![name]! })));
      const alone = mean(exchanged.map((value, index) => (ofSecond[index]! - center) * (value - ofFirst[index]!)));
      const total = mean(exchanged.map((value, index) => (ofFirst[index]! - value) ** 2)) / 2;
      return { name, alone: alone / variance, total: total / variance };
    })
    .sort((one, other) => other.total - one.total);
}
