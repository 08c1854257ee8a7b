import { calibration } from "../statistics/calibration";
import { confusionCounts, measuresOf, type ConfusionCounts, type ConfusionMeasures } from "../statistics/confusion";
import type { Measure } from "../statistics/measure";
import { averagePrecision } from "../statistics/precision-recall-curve";
import { areaUnderCurveOfRows } from "../statistics/row-statistics";
import { brierScore, logLoss } from "../statistics/scoring-rules";
import type { Decided } from "./decide";

/** Cases to be measured, in lists. */
interface Measured {
  /** The class of each case, 0 or 1. */
  readonly labels: readonly number[];
  /** The fold of each: cases are compared within folds. */
  readonly folds: readonly string[];
  /** The probability of class 1 of each. */
  readonly probabilities: readonly number[];
  /** What follows from the decisions alone. */
  readonly decided: ConfusionMeasures;
}

/** What one pass over weighted cases adds up, from which every measure follows: for thousands of resampled sets of patients. */
export interface MeasureTotals {
  /** Malignant cases that were called malignant. */
  truePositives: number;
  /** Benign cases that were called malignant. */
  falsePositives: number;
  /** Malignant cases. */
  positives: number;
  /** Benign cases. */
  negatives: number;
  /** Pairs of a malignant and a benign case of one fold in which the malignant one has the higher probability; a tie counts half. */
  pairs: number;
  /** All pairs of a malignant and a benign case of one fold. */
  comparable: number;
  /** The precision within its fold at each malignant case of a fold with both classes, summed. */
  precisions: number;
  /** Malignant cases of folds with both classes. */
  ranked: number;
  /** Squared differences of probability and class, summed. */
  brier: number;
  /** Cross-entropies in nats, summed. */
  loss: number;
  /** Over the bins of `calibrationBins`: how far malignant cases and summed probabilities differ, summed. */
  calibrationGap: number;
}

/** One measure of predictions. */
interface MeasureDefinition {
  /** Its name as tables and figures write it. */
  readonly title: string;
  /**
   * Measures cases.
   *
   * @param cases The cases, at least one.
   * @returns The value, or null with the reason why it is not defined.
   */
  of(cases: Measured): Measure;
  /** Measures the same from totals; NaN where it is not defined. */
  ofTotals(totals: MeasureTotals): number;
}

/** Bins of equal width, 0 to 1, in which the expected calibration error is measured. */
export const calibrationBins = 10;

const sensitivityOf = ({ truePositives, positives }: MeasureTotals) => truePositives / positives;
const specificityOf = ({ falsePositives, negatives }: MeasureTotals) => (negatives - falsePositives) / negatives;
const countOf = ({ positives, negatives }: MeasureTotals) => positives + negatives;

/** What is measured of predictions, in the order of tables. A measure is added here, and everything that lists measures has it. */
const measures = {
  accuracy: {
    title: "accuracy",
    of: ({ decided }) => decided.accuracy,
    ofTotals: (totals) => (totals.truePositives + totals.negatives - totals.falsePositives) / countOf(totals),
  },
  balancedAccuracy: {
    title: "balanced accuracy",
    of: ({ decided }) => decided.balancedAccuracy,
    ofTotals: (totals) => (sensitivityOf(totals) + specificityOf(totals)) / 2,
  },
  sensitivity: { title: "sensitivity", of: ({ decided }) => decided.sensitivity, ofTotals: sensitivityOf },
  specificity: { title: "specificity", of: ({ decided }) => decided.specificity, ofTotals: specificityOf },
  precision: {
    title: "precision",
    of: ({ decided }) => decided.precision,
    ofTotals: ({ truePositives, falsePositives }) => truePositives / (truePositives + falsePositives),
  },
  f1: {
    title: "F1",
    of: ({ decided }) => decided.f1,
    ofTotals: ({ truePositives, falsePositives, positives }) =>
      (2 * truePositives) / (2 * truePositives + falsePositives + (positives - truePositives)),
  },
  mcc: {
    title: "MCC",
    of: ({ decided }) => decided.mcc,
    ofTotals({ truePositives, falsePositives, positives, negatives }) {
      const trueNegatives = negatives - falsePositives;
      const falseNegatives = positives - truePositives;
      const product = (truePositives + falsePositives) * positives * negatives * (trueNegatives + falseNegatives);
      return (truePositives * trueNegatives - falsePositives * falseNegatives) / Math.sqrt(product);
    },
  },
  /** Within folds: of all pairs of a malignant and a benign case of one fold, those in the right order. */
  areaUnderCurve: {
    title: "AUC",
    of: areaWithinFolds,
    ofTotals: ({ pairs, comparable }) => pairs / comparable,
  },
  /** Within folds: the mean over folds with both classes, each by its malignant cases. */
  averagePrecision: {
    title: "average precision",
    of: (cases) => ofBothClasses(cases, () => precisionWithinFolds(cases)),
    ofTotals: ({ precisions, ranked }) => precisions / ranked,
  },
  brierScore: {
    title: "Brier score",
    of: ({ labels, probabilities }) => defined(brierScore(labels, probabilities)),
    ofTotals: (totals) => totals.brier / countOf(totals),
  },
  expectedCalibrationError: {
    title: "expected calibration error",
    of: ({ labels, probabilities }) =>
      defined(calibration(labels, probabilities, { bins: calibrationBins }).expectedError),
    ofTotals: (totals) => totals.calibrationGap / countOf(totals),
  },
  logLoss: {
    title: "log loss",
    of: ({ labels, probabilities }) => defined(logLoss(labels, probabilities)),
    ofTotals: (totals) => totals.loss / countOf(totals),
  },
} as const satisfies Readonly<Record<string, MeasureDefinition>>;

/** The name of a measure. */
export type MeasureName = keyof typeof measures;

const entries = Object.entries(measures) as [MeasureName, MeasureDefinition][];

/** The names of all measures, in the order of tables. */
export const measureNames: readonly MeasureName[] = entries.map(([name]) => name);

/** The measures that one looks at first, where a table has no room for all. */
export const firstMeasures = ["areaUnderCurve", "accuracy", "sensitivity", "specificity"] as const;

/** One of them. */
export type FirstMeasure = (typeof firstMeasures)[number];

/** The measures' names as tables and figures write them. */
export const measureTitles = mapMeasures(({ title }) => title);

/** Counts right and wrong decisions. Decisions are counted, not probabilities: each fold has a threshold of its own. */
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
export function measureCases(cases: readonly Decided[]): Readonly<Record<MeasureName, Measure>> {
  const measured: Measured = {
    labels: cases.map(({ label }) => label),
    folds: cases.map(({ fold }) => fold),
    probabilities: cases.map(({ probability }) => probability),
    decided: measuresOf(countDecisions(cases)),
  };
  return mapMeasures((measure) => measure.of(measured));
}

/**
 * Writes all measures that follow from totals, in the order of {@link measureNames}.
 *
 * @param totals What a pass over weighted cases added up.
 * @param values Where they are written: `[measures]`; NaN where one is not defined.
 */
export function measureTotals(totals: MeasureTotals, values: Float64Array): void {
  entries.forEach(([, measure], index) => (values[index] = measure.ofTotals(totals)));
}

function mapMeasures<Value>(valueOf: (measure: MeasureDefinition) => Value): Readonly<Record<MeasureName, Value>> {
  return Object.fromEntries(entries.map(([name, measure]) => [name, valueOf(measure)])) as Record<MeasureName, Value>;
}

function defined(value: number): Measure {
  return { value, reason: null };
}

// Networks of different folds have scales of their own: scores that tell nothing would have an area that is not 0.5.
function areaWithinFolds(cases: Measured): Measure {
  const { labels, probabilities, folds } = cases;
  return ofBothClasses(cases, () => areaUnderCurveOfRows(labels, probabilities, folds)(labels.map((_, row) => row)));
}

function precisionWithinFolds({ labels, probabilities, folds }: Measured): number | null {
  let [sum, ranked] = [0, 0];
  for (const fold of new Set(folds)) {
    const rows = folds.flatMap((one, row) => (one === fold ? [row] : []));
    const own = rows.map((row) => labels[row]!);
    const ones = own.filter((label) => label === 1).length;
    if (ones === 0 || ones === own.length) continue;
    const scores = rows.map((row) => probabilities[row]!);
    sum += ones * averagePrecision(own, scores);
    ranked += ones;
  }
  return ranked === 0 ? null : sum / ranked;
}

function ofBothClasses({ labels }: Measured, compute: () => number | null): Measure {
  const [only] = labels;
  if (labels.some((label) => label !== only)) {
    const value = compute();
    return value === null ? { value, reason: "No fold has both classes." } : defined(value);
  }
  return { value: null, reason: `All ${labels.length} cases are ${only === 1 ? "malignant" : "benign"}.` };
}
