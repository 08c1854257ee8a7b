import type { RandomGenerator } from "../runtime/random";
import { fitProcess, type GaussianProcess, type ProcessSettings } from "./gaussian-process";

/** What is taken for likely before anything is seen, as normal distributions of natural logarithms. */
const expected = {
  /** Values change over half the range of a setting; a setting may also not matter. */
  length: { mean: Math.log(0.5), deviation: 1 },
  signal: { mean: 0, deviation: 0.7 },
  /** A tenth of the variance; what seeds of a training change. */
  noise: { mean: Math.log(0.1), deviation: 1.2 },
} as const;

/** How often all settings are gone through, and how far, in logarithms, each is moved at first. */
const [rounds, firstStep, smallestStep] = [12, 0.8, 0.05];

/** From how many drawn settings, beside the expected ones, the best is gone on from. */
const drawn = 12;

/**
 * Learns from values how a Gaussian process is to take points for alike: the settings of the highest posterior density, by coordinate search
 * from the best of some that are drawn.
 *
 * @param inputs Rows of numbers from 0 to 1.
 * @param values A value for each row, about of mean 0 and variance 1.
 * @param groups Which columns have their length in common, by a name for each: those of one choice.
 * @returns The process that has seen the values.
 */
export function learnProcess(
  inputs: readonly (readonly number[])[],
  values: readonly number[],
  groups: readonly string[],
  random: RandomGenerator,
): GaussianProcess {
  const names = [...new Set(groups)];
  const places = groups.map((group) => names.indexOf(group));
  const priors = [...names.map(() => expected.length), expected.signal, expected.noise];
  const settingsOf = (logarithms: readonly number[]): ProcessSettings => ({
    lengths: places.map((place) => Math.exp(logarithms[place]!)),
    signal: Math.exp(logarithms[names.length]!),
    noise: Math.exp(logarithms[names.length + 1]!),
  });
  const judge = (logarithms: readonly number[]) => {
    const process = fitProcess(inputs, values, settingsOf(logarithms));
    const prior = priors.reduce(
      (sum, { mean, deviation }, place) => sum - ((logarithms[place]! - mean) / deviation) ** 2 / 2,
      0,
    );
    return { process, logarithms, score: process.logLikelihood + prior };
  };
  const starts = [
    priors.map(({ mean }) => mean),
    ...Array.from({ length: drawn }, () => priors.map(({ mean, deviation }) => random.normal(mean, deviation))),
  ].map(judge);
  let best = starts.reduce((one, other) => (other.score > one.score ? other : one));
  let step = firstStep;
  for (let round = 0; round < rounds && step >= smallestStep; round++) {
    const before = best.score;
    for (let place = 0; place < priors.length; place++)
      for (const move of [step, -step]) {
        const moved = judge(best.logarithms.map((one, at) => (at === place ? one + move : one)));
        if (moved.score > best.score) best = moved;
      }
    if (best.score - before < 0.01) step /= 2;
  }
  return best.process;
}
