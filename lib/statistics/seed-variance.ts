import { varianceOfSum } from "./clustered-areas";
import { standardDeviation } from "./summary";

/** Values of one model with each of its seeds, and how they vary together over the patients that might have been tested. */
export interface SeededValues {
  /** One value a seed. */
  readonly values: readonly number[];
  /** The covariance of these values over patients: `[seeds][seeds]`. */
  readonly covariance: readonly (readonly number[])[];
}

/** What seeds add to the variance of a mean over them. */
export interface SeedVariance {
  /** Added to the variance over patients, from 0; null with one seed, where it is unknown. */
  readonly added: number | null;
  /** Degrees of freedom of the spread that it comes from; null with one seed. */
  readonly degreesOfFreedom: number | null;
  /** The variance from seed to seed by itself, without what patients add to it, from 0; null with one seed. */
  readonly betweenSeeds: number | null;
}

/**
 * Estimates what the choice of seeds adds to the variance of a mean over seeds, with patients and seeds crossed (Obuchowski and
 * Rockette, "Hypothesis testing of diagnostic accuracy for multiple readers and multiple tests", Communications in Statistics -
 * Simulation 24:285-308, 1995, with seeds in the place of readers). The spread of the values over seeds also holds what patients and
 * seeds do together, which the variance over patients holds already: it is taken off.
 *
 * @param seeded The values of one model.
 */
export function seedVariance({ values, covariance }: SeededValues): SeedVariance {
  const count = values.length;
  if (count < 2) return { added: null, degreesOfFreedom: null, betweenSeeds: null };
  const spread = standardDeviation(values, 1) ** 2;
  const ofOne = covariance.reduce((sum, row, index) => sum + row[index]!, 0) / count;
  const ofMean = varianceOfSum(
    covariance,
    values.map(() => 1 / count),
  );
  const betweenSeeds = Math.max(0, spread - ((ofOne - ofMean) * count) / (count - 1));
  return { added: betweenSeeds / count, degreesOfFreedom: count - 1, betweenSeeds };
}

/**
 * Joins variances of independent sources to that of their sum, with degrees of freedom by Satterthwaite (Biometrics Bulletin
 * 2:110-114, 1946) as Hillis applied them ("A comparison of denominator degrees of freedom methods for multiple observer ROC
 * analysis", Statistics in Medicine 26:596-619, 2007).
 *
 * @param known Of so many cases that the normal distribution serves, from 0.
 * @param estimated Of few values each; those that are null are left out.
 * @returns The sum and its degrees of freedom; null for infinitely many.
 */
export function joinVariances(
  known: number,
  estimated: readonly SeedVariance[],
): { readonly variance: number; readonly degreesOfFreedom: number | null } {
  const parts = estimated.flatMap(({ added, degreesOfFreedom }) =>
    added === null || degreesOfFreedom === null || added === 0 ? [] : [{ added, degreesOfFreedom }],
  );
  const variance = parts.reduce((sum, { added }) => sum + added, known);
  if (parts.length === 0) return { variance, degreesOfFreedom: null };
  const below = parts.reduce((sum, part) => sum + part.added ** 2 / part.degreesOfFreedom, 0);
  return { variance, degreesOfFreedom: variance ** 2 / below };
}
