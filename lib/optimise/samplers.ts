import type { RandomGenerator } from "../runtime/random";
import { mean, standardDeviation } from "../statistics/summary";
import { columnsOf, encodePoint, moveNear, samplePoint, type Dimensions, type Point } from "./dimension";
import { expectedImprovement } from "./expected-improvement";
import type { GaussianProcess } from "./gaussian-process";
import { learnProcess } from "./learn-process";

/** A point whose worth was measured. */
export interface Measured {
  readonly point: Point;
  /** At which share of the whole budget, 0 to 1, on a logarithmic scale: 1 for all epochs. */
  readonly fidelity: number;
  /** What it is worth; more is better. */
  readonly value: number;
}

/** What proposes the points that are measured. */
export interface Sampler {
  /** Its name in settings and folders. */
  readonly kind: string;
  readonly title: string;
  propose(dimensions: Dimensions, seen: readonly Measured[], random: RandomGenerator): Point;
}

/** Points that are drawn before anything is learned from them. */
const drawnFirst = 8;

/** Places at which the improvement is looked at: drawn ones, then steps around the best. */
const [drawnPlaces, bestPlaces, stepsOfEach] = [512, 5, 20];

/** A process that has learned from points measured at several fidelities, with how values were brought to mean 0 and variance 1. */
export interface Surrogate {
  readonly process: GaussianProcess;
  readonly center: number;
  readonly spread: number;
  /** Makes the inputs of points that are trained with the whole budget. */
  readonly inputsOf: (points: readonly Point[]) => number[][];
}

/**
 * Learns what settings are worth. What was measured with a part of the budget is an observation of its own, told apart by its fidelity as
 * one more number: how much it says of the whole budget is learned too (as in Swersky, Snoek and Adams, "Multi-task Bayesian optimization",
 * 2013, and Klein et al., "Fast Bayesian optimization of machine learning hyperparameters on large datasets", 2017).
 *
 * @param seen Two at least.
 */
export function learnSurrogate(dimensions: Dimensions, seen: readonly Measured[], random: RandomGenerator): Surrogate {
  const values = seen.map(({ value }) => value);
  const center = mean(values);
  const spread = standardDeviation(values, 0) || 1;
  const process = learnProcess(
    seen.map(({ point, fidelity }) => [...encodePoint(dimensions, point), fidelity]),
    values.map((value) => (value - center) / spread),
    [...columnsOf(dimensions), "fidelity"],
    random,
  );
  const inputsOf = (points: readonly Point[]) => points.map((point) => [...encodePoint(dimensions, point), 1]);
  return { process, center, spread, inputsOf };
}

const random: Sampler = {
  kind: "random",
  title: "random",
  propose: (dimensions, _, generator) => samplePoint(dimensions, generator),
};

const bayesian: Sampler = {
  kind: "bayesian",
  title: "Bayesian",
  propose(dimensions, seen, generator) {
    if (seen.length < drawnFirst) return samplePoint(dimensions, generator.split("drawn"));
    const { process, inputsOf } = learnSurrogate(dimensions, seen, generator.split("process"));
    const known = inputsOf(seen.map(({ point }) => point));
    // Of noisy values the largest is luck in part: the best is what the process expects of the points that were measured.
    const best = Math.max(...process.predict(known).map((prediction) => prediction.mean));
    const places = generator.split("places");
    const improvementsOf = (points: readonly Point[]) =>
      process
        .predict(inputsOf(points))
        .map((prediction, index) => ({ point: points[index]!, improvement: expectedImprovement(prediction, best) }))
        .sort((one, other) => other.improvement - one.improvement);
    const anywhere = improvementsOf(Array.from({ length: drawnPlaces }, () => samplePoint(dimensions, places)));
    const near = anywhere
      .slice(0, bestPlaces)
      .flatMap(({ point }) => Array.from({ length: stepsOfEach }, () => moveNear(dimensions, point, 0.05, places)));
    return [...improvementsOf(near), ...anywhere].reduce((one, other) =>
      other.improvement > one.improvement ? other : one,
    ).point;
  },
};

/** What may propose points, by its kind: chance, and Bayesian optimisation. */
export const samplers = { random, bayesian } as const;
