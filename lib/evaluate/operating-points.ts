import { boundedInterval, bootstrapSamples, measureSamples, type BootstrapOptions } from "./bootstrap";
import { decide, formatShare } from "./decide";
import { estimateMeasures, toEstimate, type Estimate } from "./estimate";
import { outOfFold } from "./out-of-fold";
import type { PredictionSet } from "./predictions";
import { makeSamples, type Sample } from "./sample";

/** What is held, and what is then read off. */
export interface OperatingPoint {
  /** "sensitivity at 90 % specificity" or "specificity at 90 % sensitivity". */
  readonly name: string;
  /**
   * Where the threshold comes from. `validation`: chosen on the validation part of each fold and seed, which is what one
   * would get. `inner folds`: the same where all images but the test's are learned from, chosen on the training part, each image as a
   * network said that was trained on the rest of it. `other folds`: where there are no inner ones, chosen on the images of the other
   * folds, whose networks have learned from what is tested; see `outOfFold`. `test curve`: read off the tested images' own curve, as papers often do; it
   * flatters.
   */
  readonly from: "validation" | "inner folds" | "other folds" | "test curve";
  /** The sensitivity; on the test curve of the second point, what was asked for is held or exceeded. */
  readonly sensitivity: Estimate;
  readonly specificity: Estimate;
}

/**
 * Measures sensitivity at a fixed specificity, and the reverse, each by two ways of choosing the threshold: on images that are not
 * tested by the same network, and on the test curve.
 *
 * @param resampling How patients are resampled. On the test curve each replicate reads off its own curve.
 * @param at The specificity, and the sensitivity, that is to be held, between 0 and 1.
 * @returns Four points. Where a fold has no validation predictions of both classes, those of the other folds stand in their place;
 *   where there is but one fold, the points have no values, and say why.
 */
export function measureOperatingPoints(set: PredictionSet, resampling: BootstrapOptions, at: number): OperatingPoint[] {
  const names = {
    specificity: `sensitivity at ${formatShare(at)} specificity`,
    sensitivity: `specificity at ${formatShare(at)} sensitivity`,
  };
  const lack = lackOfValidation(set);
  const others = lack === null ? null : outOfFold(set);
  const chosen: Pick<OperatingPoint, "from"> = {
    from: others !== null ? "other folds" : set.heldBack === "inner folds" ? "inner folds" : "validation",
  };
  return (["specificity", "sensitivity"] as const).flatMap((held): OperatingPoint[] => [
    { name: names[held], ...chosen, ...fromValidation(others ?? set, resampling, held, at) },
    { name: names[held], from: "test curve", ...fromTestCurve(set, resampling, held, at) },
  ]);
}

/**
 * Reads a point off a sample's ROC curve: of the thresholds that hold one share, the one with the greatest other.
 *
 * @param sample The cases, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param held What is held: the specificity or the sensitivity.
 * @param at The least that it may be.
 * @returns Sensitivity and specificity there; NaN with one class only.
 */
export function readOffCurve(
  sample: Sample,
  weights: Uint16Array,
  held: "sensitivity" | "specificity",
  at: number,
): { sensitivity: number; specificity: number } {
  const { patient, label, probability } = sample;
  let [ones, zeros] = [0, 0];
  for (let index = 0; index < label.length; index++) {
    const weight = weights[patient[index]!]!;
    if (label[index] === 1) ones += weight;
    else zeros += weight;
  }
  if (ones === 0 || zeros === 0) return { sensitivity: NaN, specificity: NaN };
  let best = held === "specificity" ? { sensitivity: 0, specificity: 1 } : { sensitivity: 1, specificity: 0 };
  let [hits, alarms] = [0, 0];
  // Rounding must not refuse a share that is exactly what was asked for.
  const least = at - 1e-12;
  for (let index = 0; index < label.length;) {
    const shared = probability[index];
    for (; index < label.length && probability[index] === shared; index++) {
      const weight = weights[patient[index]!]!;
      if (label[index] === 1) hits += weight;
      else alarms += weight;
    }
    const point = { sensitivity: hits / ones, specificity: 1 - alarms / zeros };
    if (held === "specificity" && point.specificity >= least) best = point;
    if (held === "sensitivity" && point.sensitivity >= least) return point;
  }
  return best;
}

function fromValidation(
  set: PredictionSet,
  resampling: BootstrapOptions,
  kind: "sensitivity" | "specificity",
  at: number,
): Pick<OperatingPoint, "sensitivity" | "specificity"> {
  const reason = lackOfValidation(set);
  if (reason !== null) {
    const none = { value: null, low: null, high: null, method: null, reason, beside: null };
    return { sensitivity: none, specificity: none };
  }
  const { sensitivity, specificity } = estimateMeasures(decide(set, { kind, at }).cases, resampling);
  return { sensitivity, specificity };
}

function lackOfValidation({ rows }: PredictionSet): string | null {
  const models = new Map<string, { name: string; labels: Set<number> }>();
  for (const { fold, seed, part, label } of rows) {
    const key = JSON.stringify([fold, seed]);
    const model = models.get(key) ?? { name: `${fold}, seed ${seed}`, labels: new Set() };
    models.set(key, model);
    if (part === "validation") model.labels.add(label);
  }
  const lacking = [...models.values()].find(({ labels }) => labels.size < 2);
  return lacking === undefined ? null : `${lacking.name} has no validation predictions of both classes.`;
}

function fromTestCurve(
  set: PredictionSet,
  resampling: BootstrapOptions,
  held: "sensitivity" | "specificity",
  at: number,
): Pick<OperatingPoint, "sensitivity" | "specificity"> {
  const samples = makeSamples(decide(set, { kind: "fixed", at: 0.5 }).cases);
  const statistic = (sample: Sample, weights: Uint16Array, values: Float64Array) => {
    const point = readOffCurve(sample, weights, held, at);
    values[0] = point.sensitivity;
    values[1] = point.specificity;
  };
  const points = measureSamples(samples, 2, statistic);
  const intervals = bootstrapSamples(samples, 2, statistic, resampling);
  const [sensitivity, specificity] = points.map((value, index) =>
    toEstimate(
      Number.isNaN(value) ? { value: null, reason: "All tested images are of one class." } : { value, reason: null },
      boundedInterval(intervals[index]!, 0, 1),
      samples,
      resampling.replicates,
    ),
  );
  return { sensitivity: sensitivity!, specificity: specificity! };
}
