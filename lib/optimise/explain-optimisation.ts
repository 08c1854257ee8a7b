import type { RandomGenerator } from "../runtime/random";
import type { Dimensions } from "./dimension";
import { importanceOf, type Importance } from "./importance";
import type { OptimisationTrial } from "./optimise-in-run";
import { learnSurrogate } from "./samplers";
import { slicesOf, type Slice } from "./slices";

/** What all trials together say of settings. */
export interface Explanation {
  readonly importances: readonly Importance[];
  readonly slices: readonly Slice[];
}

/** Pairs of points by which importances are estimated. */
const draws = 512;

/**
 * Says which settings matter and what they do, by the process that has learned from all trials. It knows what was tried, and little of
 * what was not: bands tell.
 *
 * @param trials Those of one optimisation, or of several of the same subject.
 */
export function explainOptimisation(
  dimensions: Dimensions,
  trials: readonly OptimisationTrial[],
  random: RandomGenerator,
): Explanation {
  const surrogate = learnSurrogate(dimensions, trials, random.split("process"));
  const { process, center, spread, inputsOf } = surrogate;
  return {
    importances: importanceOf(
      dimensions,
      (points) => process.predict(inputsOf(points)).map(({ mean }) => center + spread * mean),
      draws,
      random.split("importance"),
    ),
    slices: slicesOf(dimensions, surrogate, random.split("slices")),
  };
}
