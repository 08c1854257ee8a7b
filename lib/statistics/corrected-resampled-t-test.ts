import { withDefaults } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { checkConfidence, checkNumbers } from "./check-numbers";
import { studentCritical, twoSidedStudent } from "./student";
import { mean, standardDeviation } from "./summary";

/** Differences of two models over folds, and how large the folds are. */
export interface ResampledDifferences {
  /** First model minus second in each fold, or each split; at least two. */
  differences: readonly number[];
  /** How many samples, or groups, each fold's models learn from, above 0. */
  trainSize: number;
  /** How many they are tested on, above 0. */
  testSize: number;
  /** How often such intervals hold the true difference, between 0 and 1; default: 0.95. */
  confidence: number;
}

/** What the corrected resampled t-test gives. */
export interface CorrectedResampledTTest {
  /** The mean difference. */
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
 * @param options The differences and the sizes.
 * @returns The mean difference, its interval and the p-value.
 * @throws {Problem} Where there are fewer than two differences, or a number is not such.
 */
export function correctedResampledTTest(
  options: Partial<ResampledDifferences> & Pick<ResampledDifferences, "differences" | "trainSize" | "testSize">,
): CorrectedResampledTTest {
  const { differences, trainSize, testSize, confidence } = withDefaults<ResampledDifferences>(
    "correctedResampledTTest",
    options,
    { differences: [], trainSize: 0, testSize: 0, confidence: 0.95 },
  );
  checkNumbers("differences", differences, 2);
  checkConfidence(confidence);
  checkSize("trainSize", trainSize);
  checkSize("testSize", testSize);
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

function checkSize(name: string, size: number): void {
  if (!(size > 0 && size < Infinity)) {
    throw new Problem(`The ${name} is ${size}, expected a number above 0.`, "Give how many samples a fold has.");
  }
}
