import { areaUnderCurve } from "../statistics/area-under-curve";
import { calibration } from "../statistics/calibration";
import { confusionCounts, measuresOf, type ConfusionCounts } from "../statistics/confusion";
import type { Measure } from "../statistics/measure";
import { averagePrecision } from "../statistics/precision-recall-curve";
import { brierScore, logLoss } from "../statistics/scoring-rules";
import type { Decided } from "./decide";

/** What is measured of predictions, in the order of tables. */
export const measureNames = [
  "accuracy",
  "balancedAccuracy",
  "sensitivity",
  "specificity",
  "precision",
  "f1",
  "mcc",
  "areaUnderCurve",
  "averagePrecision",
  "brierScore",
  "expectedCalibrationError",
  "logLoss",
] as const;

/** The name of a measure. */
export type MeasureName = (typeof measureNames)[number];

/** The measures' names as tables and figures write them. */
export const measureTitles: Readonly<Record<MeasureName, string>> = {
  accuracy: "accuracy",
  balancedAccuracy: "balanced accuracy",
  sensitivity: "sensitivity",
  specificity: "specificity",
  precision: "precision",
  f1: "F1",
  mcc: "MCC",
  areaUnderCurve: "AUC",
  averagePrecision: "average precision",
  brierScore: "Brier score",
  expectedCalibrationError: "expected calibration error",
  logLoss: "log loss",
};

/** Bins of equal width, 0 to 1, in which the expected calibration error is measured. */
export const calibrationBins = 10;

/**
 * Counts right and wrong decisions. Decisions are counted, not probabilities: each fold has a threshold of its own.
 *
 * @param cases The cases.
 * @returns The counts.
 */
export function countDecisions(cases: readonly Decided[]): ConfusionCounts {
  return confusionCounts(
    cases.map(({ label }) => label),
    cases.map(({ decision }) => decision),
    0.5,
  );
}

/**
 * Measures predictions of one seed.
 *
 * @param cases The cases, at least one; those of several folds count as one list.
 * @returns Each measure: its value, or null with the reason why it is not defined.
 */
export function measureCases(cases: readonly Decided[]): Record<MeasureName, Measure> {
  const labels = cases.map(({ label }) => label);
  const probabilities = cases.map(({ probability }) => probability);
  const { accuracy, balancedAccuracy, sensitivity, specificity, precision, f1, mcc } = measuresOf(
    countDecisions(cases),
  );
  const bothNeeded = (compute: () => number): Measure => {
    const [only] = labels;
    const oneClass = labels.every((label) => label === only);
    return oneClass
      ? { value: null, reason: `All ${labels.length} cases are ${only === 1 ? "malignant" : "benign"}.` }
      : { value: compute(), reason: null };
  };
  const always = (value: number): Measure => ({ value, reason: null });
  return {
    accuracy,
    balancedAccuracy,
    sensitivity,
    specificity,
    precision,
    f1,
    mcc,
    areaUnderCurve: bothNeeded(() => areaUnderCurve(probabilities, labels)),
    averagePrecision: bothNeeded(() => averagePrecision(labels, probabilities)),
    brierScore: always(brierScore(labels, probabilities)),
    expectedCalibrationError: always(calibration(labels, probabilities, { bins: calibrationBins }).expectedError),
    logLoss: always(logLoss(labels, probabilities)),
  };
}
