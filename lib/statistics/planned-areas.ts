import { Problem } from "../runtime/problem";
import { bothBelow } from "./bivariate-normal";
import { normalQuantile } from "./normal-quantile";

/** How many cases of each class a stratum, such as a fold, is going to have. */
export interface PlannedStratum {
  /** Cases of class 1, from 0. */
  readonly ones: number;
  /** Cases of class 0, from 0. */
  readonly zeros: number;
}

/** What is assumed of two scores before they are there. */
export interface ExpectedScores {
  /** The area under the ROC curve of each, above 0.5 and below 1. */
  readonly area: number;
  /** How the two scores correlate among cases of one class, from 0 and below 1. */
  readonly correlation: number;
}

/** How sure areas are going to be. */
export interface PlannedAreas {
  /** The standard error of one area within strata. */
  readonly standardError: number;
  /** That of the difference of the two. */
  readonly standardErrorOfDifference: number;
  /** How the two areas correlate over samples of cases. */
  readonly correlationOfAreas: number;
}

/**
 * Computes how sure the areas of two scores of the same independent cases are going to be, and their difference. In each class and for
 * each score cases are taken as normally distributed, with equal variances (the binormal model: Obuchowski and McClish, "Sample size
 * determination for diagnostic accuracy studies involving binormal ROC curve indices", Statistics in Medicine 16:1529-1542, 1997); the
 * variance is the exact one of the Mann-Whitney statistic under it (Hanley and McNeil, "The meaning and use of the area under a receiver
 * operating characteristic (ROC) curve", Radiology 143:29-36, 1982), and the covariance of two areas follows in the same way. Strata
 * count by their pairs, as in `clusteredAreas`; one without a class counts for nothing.
 *
 * @param strata Whole numbers of cases.
 * @throws {Problem} Where no stratum has both classes, or a number is not such.
 */
export function planAreas(strata: readonly PlannedStratum[], expected: ExpectedScores): PlannedAreas {
  const { area, correlation } = expected;
  if (!(area > 0.5 && area < 1)) {
    throw new Problem(`The expected area is ${area}, expected a number between 0.5 and 1.`, "Give 0.9, for example.");
  }
  if (!(correlation >= 0 && correlation < 1)) {
    throw new Problem(
      `The expected correlation of the scores is ${correlation}, expected a number from 0 and below 1.`,
      "Give 0.9, for example.",
    );
  }
  for (const counts of strata) checkCounts(counts);
  const pairs = strata.reduce((sum, { ones, zeros }) => sum + ones * zeros, 0);
  if (pairs === 0) {
    throw new Problem("No stratum has cases of both classes: there is no area.", "Plan for both classes in a fold.");
  }
  // Of two pairs of a malignant and a benign case, differences of scores have the variance 2: those that share one case correlate by
  // half of what the same pair does.
  const bound = normalQuantile(area);
  const together = (of: number) => bothBelow(bound, bound, of) - area ** 2;
  const own = { pair: area - area ** 2, shared: together(0.5) };
  const across = { pair: together(correlation), shared: together(correlation / 2) };
  const over = ({ pair, shared }: typeof own) =>
    strata.reduce(
      (sum, { ones, zeros }) => sum + (ones * zeros * (pair + (ones + zeros - 2) * shared)) / pairs ** 2,
      0,
    );
  const [variance, covariance] = [over(own), over(across)];
  return {
    standardError: Math.sqrt(variance),
    standardErrorOfDifference: Math.sqrt(2 * (variance - covariance)),
    correlationOfAreas: covariance / variance,
  };
}

function checkCounts(counts: PlannedStratum): void {
  for (const count of [counts.ones, counts.zeros]) {
    if (Number.isSafeInteger(count) && count >= 0) continue;
    throw new Problem(`A stratum has ${count} cases of a class, expected a whole number from 0.`, "Count cases.");
  }
}
