import type { RandomGenerator } from "../runtime/random";
import { samplePoint, valuesOf, type Dimensions, type Point } from "./dimension";
import type { Surrogate } from "./samplers";

/** What settings are worth on average, one of them given. */
export interface Slice {
  readonly name: string;
  readonly values: readonly (number | string | boolean)[];
  /** The expected worth at each value, the mean over all other settings, with the ends of its 95 % band. */
  readonly means: readonly number[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

/** Places that a mean is taken over, and values of a number that are looked at. */
const [places, steps] = [96, 15];

/**
 * Says what each setting does to the worth by itself: means over all others, with what the process does not know of them (partial
 * dependence; Friedman, "Greedy function approximation", 2001).
 */
export function slicesOf(dimensions: Dimensions, surrogate: Surrogate, random: RandomGenerator): Slice[] {
  const { process, center, spread, inputsOf } = surrogate;
  const others: Point[] = Array.from({ length: places }, () => samplePoint(dimensions, random));
  return Object.entries(dimensions).map(([name, dimension]): Slice => {
    const values = valuesOf(dimension, steps);
    const predictions = values.map((value) =>
      process.predictMean(inputsOf(others.map((point) => ({ ...point, [name]: value })))),
    );
    const at = (deviations: number) =>
      predictions.map(({ mean, variance }) => center + spread * (mean + deviations * Math.sqrt(variance)));
    return { name, values, means: at(0), lows: at(-1.96), highs: at(1.96) };
  });
}
