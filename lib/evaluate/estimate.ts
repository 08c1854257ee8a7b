import { areaInterval } from "../statistics/area-interval";
import type { Measure } from "../statistics/measure";
import { wilsonInterval, type Interval } from "../statistics/summary";
import {
  boundedInterval,
  bootstrapSamples,
  describeResampling,
  type BootstrapInterval,
  type BootstrapOptions,
} from "./bootstrap";
import type { Decided } from "./decide";
import { countDecisions, measureCases, measureNames, type MeasureName } from "./measures";
import { patientOf } from "./predictions";
import { makeSamples, type Samples } from "./sample";
import { weightedMeasures } from "./weighted-measures";

/** An interval with the name of the method that gave it. */
export interface NamedInterval extends Interval {
  /** "Wilson", "DeLong", "Obuchowski, within 5 folds", or how samples were drawn: "bootstrap over 40 patients within 5 folds, 2000 replicates; …". */
  readonly method: string;
}

/** A value that was measured, and how sure it is. */
export interface Estimate {
  /** The value; with several seeds, their mean. Null where it is not defined. */
  readonly value: number | null;
  /** The lower end of its interval; null where there is none. */
  readonly low: number | null;
  /** The upper end of its interval; null where there is none. */
  readonly high: number | null;
  /** How the interval was computed; null where there is none. */
  readonly method: string | null;
  /** Why the value, or its interval, is not defined; null where both are. */
  readonly reason: string | null;
  /**
   * A second interval, by a formula: Wilson's of a share, which takes images as independent; of an area Obuchowski's, with patients as
   * the unit, or DeLong's where each has one image. Null where there is none, as of a mean over seeds.
   */
  readonly beside: NamedInterval | null;
}

/**
 * Measures cases and how sure the measures are. The interval is that of a bootstrap over patients within folds, with a formula's
 * beside it. Where each patient is one case and there is one seed, the area's own interval is DeLong's, within folds, and the
 * bootstrap's stands beside. Areas compare cases of one fold alone.
 *
 * @param cases The cases of any folds; with several seeds, values are means over seeds.
 */
export function estimateMeasures(cases: readonly Decided[], options: BootstrapOptions): Record<MeasureName, Estimate> {
  const samples = makeSamples(cases);
  const bySeed = samples.samples.map(({ seed }) => cases.filter((one) => one.seed === seed));
  const points = bySeed.map(measureCases);
  const intervals = bootstrapSamples(samples, measureNames.length, weightedMeasures, options);
  const known = knownIntervals(bySeed, options.confidence);
  const entries = measureNames.map((name, index) => {
    const measure = meanMeasure(
      points.map((point) => point[name]),
      samples.samples.map(({ seed }) => seed),
    );
    const estimate = toEstimate(measure, within(name, intervals[index]!), samples, options.replicates);
    if (name === "expectedCalibrationError") return [name, extended(estimate)] as const;
    return [name, withBeside(name, estimate, known[name] ?? null, isIndependent(cases))] as const;
  });
  return Object.fromEntries(entries) as Record<MeasureName, Estimate>;
}

/**
 * Joins a value and the interval that resampling gave it.
 *
 * @returns The estimate, with nothing beside.
 */
export function toEstimate(
  measure: Measure,
  interval: BootstrapInterval,
  samples: Samples,
  replicates: number,
): Estimate {
  const patients = samples.patients.length;
  const none = { low: null, high: null, method: null, beside: null };
  if (measure.value === null) return { ...none, value: null, reason: measure.reason };
  const { low, high, undefinedReplicates } = interval;
  if (low === null || high === null) {
    const reason =
      patients < 2
        ? "There is no interval: there is one patient only."
        : `There is no interval: the value is not defined in ${undefinedReplicates} of ${replicates} replicates.`;
    return { ...none, value: measure.value, reason };
  }
  // A share of none or all is the same in every replicate, which does not make it certain.
  if (low === high) {
    const reason = "There is no interval by resampling: all replicates give the same value.";
    return { ...none, value: measure.value, reason };
  }
  const method = describeResampling(samples, replicates, undefinedReplicates);
  return { value: measure.value, low, high, method, reason: null, beside: null };
}

// The mean of fewer seeds than its neighbours would be of other models: none is given.
function meanMeasure(measures: readonly Measure[], seeds: readonly number[]): Measure {
  const missing = measures.findIndex(({ value }) => value === null);
  if (missing >= 0) {
    const { reason } = measures[missing]!;
    return { value: null, reason: measures.length === 1 ? reason : `With seed ${seeds[missing]}: ${reason}` };
  }
  return { value: measures.reduce((sum, { value }) => sum + value!, 0) / measures.length, reason: null };
}

function isIndependent(cases: readonly Decided[]): boolean {
  return new Set(cases.map(patientOf)).size === cases.length;
}

function knownIntervals(
  bySeed: readonly (readonly Decided[])[],
  confidence: number,
): Partial<Record<MeasureName, NamedInterval>> {
  const [cases] = bySeed;
  if (bySeed.length !== 1 || cases === undefined) return {};
  const { truePositive, falsePositive, trueNegative, falseNegative } = countDecisions(cases);
  const wilson = (right: number, of: number): NamedInterval | undefined =>
    of === 0 ? undefined : { ...wilsonInterval(right, of, confidence), method: "Wilson" };
  const shares = {
    accuracy: wilson(truePositive + trueNegative, cases.length),
    sensitivity: wilson(truePositive, truePositive + falseNegative),
    specificity: wilson(trueNegative, trueNegative + falsePositive),
    precision: wilson(truePositive, truePositive + falsePositive),
  };
  const all = { ...shares, areaUnderCurve: knownArea(cases, confidence) };
  return Object.fromEntries(Object.entries(all).filter(([, interval]) => interval !== undefined));
}

function knownArea(cases: readonly Decided[], confidence: number): NamedInterval | undefined {
  const labels = cases.map(({ label }) => label);
  const strata = cases.map(({ fold }) => fold);
  const scores = cases.map(({ probability }) => probability);
  const found = areaInterval({ labels, groups: cases.map(patientOf), strata }, scores, confidence);
  if (found === null) return undefined;
  const folds = new Set(strata).size;
  const { low, high, method } = found;
  return { low, high, method: folds > 1 && method !== "constant scores" ? `${method}, within ${folds} folds` : method };
}

function within(name: MeasureName, interval: BootstrapInterval): BootstrapInterval {
  return boundedInterval(interval, name === "mcc" ? -1 : 0, name === "logLoss" ? Infinity : 1);
}

function withBeside(
  name: MeasureName,
  estimate: Estimate,
  known: NamedInterval | null,
  independent: boolean,
): Estimate {
  const { low, high, method } = estimate;
  if (known === null || estimate.value === null) return estimate;
  if (name === "areaUnderCurve" && independent) {
    const beside = low === null || high === null || method === null ? null : { low, high, method };
    return { ...estimate, ...known, reason: null, beside };
  }
  // Without an interval of its own, it takes the formula's.
  return method === null ? { ...estimate, ...known, reason: null } : { ...estimate, beside: known };
}

// Chance alone makes bins err, and resampling adds chance: of well calibrated probabilities, replicates err more than the cases
// they come from, up to all of them. The interval then begins at the value.
function extended(estimate: Estimate): Estimate {
  const { value, low, method } = estimate;
  if (value === null || low === null || low <= value) return estimate;
  return { ...estimate, low: value, method: `${method}, extended down to the value, which resampling exceeds` };
}
