import { Problem } from "../runtime/problem";
import { checkConfidence } from "./check-numbers";
import { lowerNormal } from "./normal-probability";
import { normalQuantile } from "./normal-quantile";
import { criticalValue, twoSidedP } from "./student";

/** A difference, how sure it is, and how much of one matters. */
export interface MeasuredAgainstMargin {
  readonly difference: number;
  /** Its standard error, above 0. */
  readonly standardError: number;
  /** Of the standard error, above 0; default: null, it is known by so many cases that the normal distribution serves. */
  readonly degreesOfFreedom?: number | null;
  /** How large a difference matters, above 0: smaller ones are taken as none. Settled before results are seen. */
  readonly margin: number;
  /** How often intervals of the difference hold the true one, between 0 and 1; default: 0.95. */
  readonly confidence?: number;
}

/** What can be said of a difference. */
export type DifferenceVerdict =
  /** The interval lies above 0. */
  | "better"
  /** The interval lies below 0. */
  | "worse"
  /** It is shown to be smaller than the margin, in either direction. */
  | "equivalent within the margin"
  /** It is shown not to be below the negative margin; how far it is above is open. */
  | "not worse by the margin"
  /** None of these is shown: the cases are too few. That is not the same as equivalent. */
  | "cannot be told";

/** A difference judged by its intervals. */
export interface JudgedDifference {
  readonly verdict: DifferenceVerdict;
  /** The two-sided interval with the confidence that was asked for. */
  readonly interval: { readonly low: number; readonly high: number };
  /** The interval of two one-sided tests, 90 % for a confidence of 95 %: within the margins, equivalence is shown. */
  readonly equivalenceInterval: { readonly low: number; readonly high: number };
  /** Of the hypothesis that there is no difference, two-sided. */
  readonly p: number;
  /** The greater of the two one-sided p-values: of the hypothesis that the difference is as large as the margin, or larger. */
  readonly equivalenceP: number;
  /** Of the hypothesis that the difference is the negative margin, or below. */
  readonly nonInferiorityP: number;
  /** Whether equivalence is shown, also where the difference is told from 0. */
  readonly equivalent: boolean;
}

/**
 * Judges a difference: whether it can be told from 0, else whether it is shown to be smaller than a margin by two one-sided tests
 * (Schuirmann, "A comparison of the two one-sided tests procedure and the power approach for assessing the equivalence of average
 * bioavailability", Journal of Pharmacokinetics and Biopharmaceutics 15:657-680, 1987), else whether it is shown not to be worse
 * by the margin.
 *
 * @throws {Problem} Where the standard error or the margin is not above 0, or another number is not such.
 */
export function judgeDifference(options: MeasuredAgainstMargin): JudgedDifference {
  const { difference, standardError, degreesOfFreedom = null, margin, confidence = 0.95 } = options;
  checkConfidence(confidence);
  requirePositive("standard error", standardError, "Without one, nothing can be told of a difference.");
  requirePositive("margin", margin, "Give 0.01 for a hundredth of the area under a curve.");
  if (!Number.isFinite(difference)) {
    throw new Problem(`The difference is ${difference}, expected a finite number.`, "Look at how it was computed.");
  }
  const around = (level: number) => {
    const half = criticalValue(level, degreesOfFreedom) * standardError;
    return { low: difference - half, high: difference + half };
  };
  const twoSided = (z: number) => twoSidedP(z, degreesOfFreedom);
  const above = (z: number) => (z >= 0 ? twoSided(z) / 2 : 1 - twoSided(z) / 2);
  const interval = around(confidence);
  // Two one-sided tests, each at the level of one side of twice what the interval leaves out.
  const equivalenceInterval = around(2 * confidence - 1 > 0 ? 2 * confidence - 1 : confidence);
  const nonInferiorityP = above((difference + margin) / standardError);
  const equivalenceP = Math.max(nonInferiorityP, above((margin - difference) / standardError));
  const equivalent = equivalenceP < 1 - confidence;
  const verdict: DifferenceVerdict =
    interval.low > 0
      ? "better"
      : interval.high < 0
        ? "worse"
        : equivalent
          ? "equivalent within the margin"
          : nonInferiorityP < 1 - confidence
            ? "not worse by the margin"
            : "cannot be told";
  const p = twoSided(difference / standardError);
  return { verdict, interval, equivalenceInterval, p, equivalenceP, nonInferiorityP, equivalent };
}

/** What a study can find, by the standard error of a difference. */
export interface Power {
  /** The smallest true difference that is told from 0 with the power that was asked for. */
  readonly detectable: number;
  /** The chance to tell a true difference of the margin from 0. */
  readonly powerAtMargin: number;
  /** The chance to show equivalence within the margin where there is no difference. */
  readonly powerOfEquivalence: number;
  /** How many times as many cases would tell a true difference of the margin from 0 with that power. */
  readonly casesForMargin: number;
  /** How many times as many would show equivalence within the margin with that power, where there is no difference. */
  readonly casesForEquivalence: number;
}

/**
 * Says what a study can find, by the normal distribution (Chow, Shao and Wang, Sample Size Calculations in Clinical Research, 2008,
 * chapter 3). The standard error is taken to fall with the square root of the number of cases.
 *
 * @param standardError Of the difference, above 0.
 * @param margin How large a difference matters, above 0.
 * @param power How often it is to be found, between 0 and 1; default: 0.8.
 * @param confidence How often intervals hold the true difference, between 0 and 1; default: 0.95.
 * @throws {Problem} Where a number is not such.
 */
export function powerOfDifference(standardError: number, margin: number, power = 0.8, confidence = 0.95): Power {
  checkConfidence(confidence);
  requirePositive("standard error", standardError, "Without one, nothing can be told of a difference.");
  requirePositive("margin", margin, "Give 0.01 for a hundredth of the area under a curve.");
  if (!(power > 0 && power < 1)) {
    throw new Problem(`The power is ${power}, expected a number between 0 and 1.`, "Give 0.8 for 80 per cent.");
  }
  const twoSided = normalQuantile(0.5 + confidence / 2);
  const oneSided = normalQuantile(confidence);
  const detectable = (twoSided + normalQuantile(power)) * standardError;
  const forEquivalence = (oneSided + normalQuantile((1 + power) / 2)) * standardError;
  const shift = margin / standardError;
  return {
    detectable,
    powerAtMargin: lowerNormal(shift - twoSided) + lowerNormal(-shift - twoSided),
    powerOfEquivalence: Math.max(0, 2 * lowerNormal(shift - oneSided) - 1),
    casesForMargin: (detectable / margin) ** 2,
    casesForEquivalence: (forEquivalence / margin) ** 2,
  };
}

function requirePositive(name: string, value: number, fix: string): void {
  if (!(value > 0 && value < Infinity)) {
    throw new Problem(`The ${name} is ${value}, expected a number above 0.`, fix);
  }
}
