import { ok } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What NumPy, SciPy and scikit-learn computed; record.py beside it says how. */
export interface Recorded {
  readonly regressions: readonly {
    readonly name: string;
    readonly features: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly weights: readonly number[] | null;
    readonly C: number | null;
    readonly standardisedCoefficients: readonly number[];
    readonly probabilities: readonly number[];
  }[];
  readonly crossValidation: {
    readonly folds: readonly number[];
    readonly probabilities: readonly number[];
    readonly accuracies: readonly number[];
    readonly areas: readonly number[];
    readonly accuracy: readonly [mean: number, deviation: number];
    readonly area: readonly [mean: number, deviation: number];
  };
  readonly area: { readonly scores: readonly number[]; readonly labels: readonly number[]; readonly area: number };
  readonly summary: {
    readonly values: readonly number[];
    readonly others: readonly number[];
    readonly mean: number;
    readonly deviations: readonly [number, number];
    readonly median: number;
    readonly quantiles: readonly (readonly [share: number, value: number])[];
    readonly correlation: number;
  };
  readonly wilson: readonly (readonly [
    successes: number,
    trials: number,
    confidence: number,
    low: number,
    high: number,
  ])[];
  readonly normal: readonly (readonly [share: number, value: number])[];
}

/** The recorded values. */
export const recorded = JSON.parse(readFileSync(join(__dirname, "values.json"), "utf8")) as Recorded;

type Row = readonly number[];

/** What SciPy, scikit-learn and statsmodels computed, or a definition the slow way; record_inference.py says how. */
export interface Inference {
  readonly delong: readonly {
    readonly name: string;
    readonly labels: Row;
    readonly first: Row;
    readonly second: Row;
    readonly areas: readonly [number, number];
    readonly variances: readonly [number, number];
    readonly intervals: readonly [Row, Row];
    readonly difference: readonly [difference: number, low: number, high: number];
    readonly z: number;
    readonly p: number;
  }[];
  readonly ranks: readonly {
    readonly first: Row;
    readonly second: Row;
    readonly values: readonly [tau: number, p: number, rho: number, p: number | null];
  }[];
  readonly curves: {
    readonly labels: Row;
    readonly scores: Row;
    readonly roc: readonly [falsePositiveRates: Row, truePositiveRates: Row, thresholds: Row];
    readonly precisionRecall: readonly [precisions: Row, recalls: Row, thresholds: Row];
    readonly averagePrecision: number;
  };
  readonly probabilities: {
    readonly labels: Row;
    readonly probabilities: Row;
    readonly brier: number;
    readonly logLoss: number;
    readonly sureMistake: number;
    readonly equalWidth: { readonly share: Row; readonly meanProbability: Row };
    readonly equalCount: { readonly share: Row; readonly meanProbability: Row };
    readonly confusion: Row;
    readonly measures: Readonly<Record<string, number>>;
  };
  readonly temperature: {
    readonly labels: Row;
    readonly logits: Row;
    readonly temperature: number;
    readonly lossBefore: number;
    readonly lossAfter: number;
  };
  readonly mcnemar: readonly (readonly [
    onlyFirst: number,
    onlySecond: number,
    p: number,
    low: number,
    high: number | null,
  ])[];
  readonly resampledTTest: { readonly differences: Row; readonly values: Row };
  readonly holm: { readonly ps: Row; readonly corrected: Row };
  readonly effect: { readonly cohensD: number; readonly correction: number };
  readonly newcombe: readonly (readonly [
    both: number,
    onlyFirst: number,
    onlySecond: number,
    neither: number,
    difference: number,
    low: number,
    high: number,
  ])[];
  readonly bootstrap: {
    readonly groups: Row;
    readonly values: Row;
    readonly ends: readonly [number, number];
    readonly deviation: number;
  };
  readonly normal: readonly (readonly [z: number, p: number])[];
  readonly gamma: readonly (readonly [x: number, value: number])[];
  readonly beta: readonly (readonly [x: number, a: number, b: number, value: number])[];
  readonly betaQuantiles: readonly (readonly [probability: number, a: number, b: number, value: number])[];
  readonly student: readonly (readonly [t: number, degreesOfFreedom: number, p: number])[];
  readonly studentCritical: readonly (readonly [confidence: number, degreesOfFreedom: number, value: number])[];
}

/** The recorded intervals, tests, curves and calibration. */
export const inference = JSON.parse(readFileSync(join(__dirname, "inference.json"), "utf8")) as Inference;

/**
 * Asserts that numbers are those recorded, but for rounding.
 *
 * @param found The numbers.
 * @param expected Those recorded.
 * @param tolerance The most that one may differ, as a share of the recorded one where that is above 1.
 */
export function near(found: number | readonly number[], expected: number | readonly number[], tolerance = 1e-13): void {
  const [a, b] = [[found].flat(), [expected].flat()];
  ok(a.length === b.length, `${a.length} numbers, expected ${b.length}`);
  a.forEach((value, index) => {
    const difference = Math.abs(value - b[index]!);
    ok(difference <= tolerance * Math.max(1, Math.abs(b[index]!)), `${index}: ${value}, expected ${b[index]}`);
  });
}

/** What SciPy and statsmodels computed of patients, seeds and margins, or a definition the slow way; record_patients.py says how. */
export interface RecordedPatients {
  readonly clustered: readonly {
    readonly name: string;
    readonly labels: Row;
    readonly groups: readonly string[];
    readonly strata: readonly string[];
    readonly scores: readonly Row[];
    readonly whole: { readonly areas: Row; readonly covariance: readonly Row[] };
    readonly withinStrata: { readonly areas: Row; readonly covariance: readonly Row[] };
  }[];
  readonly welch: readonly {
    readonly first: Row;
    readonly second: Row;
    readonly confidence: number;
    readonly values: Row;
  }[];
  readonly equivalence: readonly {
    readonly difference: number;
    readonly standardError: number;
    readonly degreesOfFreedom: number;
    readonly margin: number;
    readonly p: number;
    readonly equivalenceP: number;
    readonly nonInferiorityP: number;
    readonly intervals: Row;
  }[];
  readonly equivalenceNormal: readonly (readonly [number, number, number, number, number])[];
  readonly power: readonly (readonly [number, number, number, number, number, number])[];
  readonly logistic: readonly {
    readonly labels: Row;
    readonly columns: readonly Row[];
    readonly offset: Row | null;
    readonly parameters: Row;
    readonly errors: Row;
    readonly logLikelihood: number;
  }[];
  readonly nested: { readonly labels: Row; readonly first: Row; readonly second: Row; readonly p: number };
  readonly calibration: {
    readonly labels: Row;
    readonly probabilities: Row;
    readonly slope: Row;
    readonly intercept: Row;
  };
  readonly components: {
    readonly rows: readonly { model: string; fold: string; seed: string; value: number }[];
    readonly meanSquares: Readonly<Record<string, readonly [number, number]>>;
  };
  readonly mixed: {
    readonly rows: readonly { model: string; fold: string; value: number }[];
    readonly variances: Readonly<Record<"model" | "fold" | "rest", number>>;
  };
  readonly means: {
    readonly groups: readonly string[];
    readonly first: Row;
    readonly second: Row;
    readonly means: Row;
    readonly variances: Row;
    readonly ofDifference: number;
  };
}

/** The recorded numbers of patients, seeds and margins. */
export const patients = JSON.parse(readFileSync(join(__dirname, "patients.json"), "utf8")) as RecordedPatients;

/** What SciPy computed of a study before it begins; record_planning.py says how. */
export interface RecordedPlanning {
  readonly bivariateNormal: readonly (readonly [first: number, second: number, correlation: number, value: number])[];
  readonly areas: readonly {
    readonly strata: readonly { readonly ones: number; readonly zeros: number }[];
    readonly area: number;
    readonly correlation: number;
    readonly values: readonly [standardError: number, ofDifference: number, correlationOfAreas: number];
  }[];
}

/** The recorded numbers of studies before they begin. */
export const planning = JSON.parse(readFileSync(join(__dirname, "planning.json"), "utf8")) as RecordedPlanning;

/** What dcurves computed of net benefits; record_benefit.py says how. */
export interface RecordedBenefit {
  readonly labels: readonly (0 | 1)[];
  readonly probabilities: Row;
  readonly thresholds: Row;
  readonly ofTheSet: Readonly<Record<"model" | "all" | "none", Row>>;
  readonly prevalence: number;
  readonly atPrevalence: Readonly<Record<"model" | "all" | "none", Row>>;
}

/** The recorded net benefits. */
export const benefit = JSON.parse(readFileSync(join(__dirname, "benefit.json"), "utf8")) as RecordedBenefit;

/** What pROC computed of the same samples as `inference.delong`; record_proc.R says how. */
export const proc = JSON.parse(readFileSync(join(__dirname, "proc.json"), "utf8")) as {
  readonly delong: readonly {
    readonly name: string;
    readonly areas: Row;
    readonly variances: Row;
    readonly covariance: number;
    readonly z: number;
    readonly p: number;
  }[];
};
