import * as v from "valibot";

import { number, passed, positive } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { checkNumbers } from "./check-numbers";
import { studentCritical, twoSidedStudent } from "./student";
import { mean, standardDeviation } from "./summary";

const differencesSchema = v.strictObject({
  /** First model minus second in each fold, or each split; at least two. */
  differences: passed<readonly number[]>("a list of numbers", Array.isArray),
  /** How many samples, or groups, each fold's models learn from, above 0. */
  trainSize: positive(),
  /** How many they are tested on, above 0. */
  testSize: positive(),
  /** How often such intervals hold the true difference, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
});

/** Differences of two models over folds, and how large the folds are. @interface */
export type ResampledDifferences = v.InferInput<typeof differencesSchema>;

/** What the corrected resampled t-test gives. */
export interface CorrectedResampledTTest {
  readonly mean: number;
  /** Its standard error, corrected for what the folds share. */
  readonly standardError: number;
  /** The mean in standard errors; null where all differences are equal. */
  readonly t: number | null;
  /** The number of differences less 1. */
  readonly degreesOfFreedom: number;
  /** The two-sided p-value; 1 where all differences are 0; null where all are equal otherwise. */
  readonly p: number | null;
  /** The lower end of the mean's interval; null where all differences are equal. */
  readonly low: number | null;
  /** The upper end; null where all differences are equal. */
  readonly high: number | null;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/**
 * Tests whether two models differ over the folds of a cross-validation, by the t-test of Nadeau and Bengio ("Inference for
 * the generalization error", Machine Learning 52:239-281, 2003). Folds share most of what they learn from, so that the usual
 * t-test finds differences that are none. Here the variance of the mean is (1 / folds + testSize / trainSize) times that of the
 * differences.
 *
 * @throws {Problem} Where there are fewer than two differences, or a number is not such.
 */
export function correctedResampledTTest(options: ResampledDifferences): CorrectedResampledTTest {
  const { differences, trainSize, testSize, confidence } = checkOptions(
    "correctedResampledTTest",
    differencesSchema,
    options,
  );
  checkNumbers("differences", differences, 2);
  const centre = mean(differences);
  const degreesOfFreedom = differences.length - 1;
  if (differences.every((difference) => difference === differences[0])) {
    return {
      mean: differences[0]!,
      standardError: 0,
      t: null,
      degreesOfFreedom,
      p: differences[0] === 0 ? 1 : null,
      low: null,
      high: null,
      reason: `All differences are ${differences[0]}: how they vary is unknown.`,
    };
  }
  const standardError = standardDeviation(differences, 1) * Math.sqrt(1 / differences.length + testSize / trainSize);
  const t = centre / standardError;
  const half = studentCritical(confidence, degreesOfFreedom) * standardError;
  return {
    mean: centre,
    standardError,
    t,
    degreesOfFreedom,
    p: twoSidedStudent(t, degreesOfFreedom),
    low: centre - half,
    high: centre + half,
    reason: null,
  };
}
