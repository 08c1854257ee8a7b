import * as v from "valibot";

import { formatInterval } from "../display/number";
import type { TableCell } from "../display/table";
import { listOf, number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { boundedInterval, bootstrapSamples, measureSamples } from "./bootstrap";
import { calibrationOf } from "./clinical-use";
import { formatShare, type Decided } from "./decide";
import { estimateMeasures, toEstimate, type Estimate } from "./estimate";
import type { Evaluation } from "./evaluation";
import { mergeViews } from "./merge-views";
import { patientOf } from "./predictions";
import { makeSamples, type Sample } from "./sample";
import { describeSmall, namesOfGroups } from "./subgroups";

const groupUseOptions = v.strictObject({
  /** From which probability of malignant on a reader would act, above 0 and below 1; default: 0.02, 0.1 and 0.3. */
  thresholds: v.optional(listOf(number({ above: 0, below: 1 }), { least: 1, different: true }), [0.02, 0.1, 0.3]),
  /** A group with fewer patients of a class than this is marked as small, from 1; default: 20. */
  smallest: v.optional(wholeNumber({ from: 1 }), 20),
});

/** How groups are measured. @interface */
export type GroupUseOptions = v.InferInput<typeof groupUseOptions>;

/** A way to divide images into groups: devices, sizes of lesions. */
export interface GroupDivision {
  readonly name: string;
  /** Names the group of an image by its id; null where it is in none. */
  readonly groupOf: (id: string) => string | null;
}

/** A value with its interval over patients; what is null has its reason. */
export type GroupValue = Pick<Estimate, "value" | "low" | "high" | "reason">;

/** How far a model's probabilities and calls hold in one group, with patients as cases. Plain data. */
export interface GroupUse {
  readonly model: string;
  /** The division; null for all patients together. */
  readonly division: string | null;
  /** The group in it; null for the images that are in none, and for all patients. */
  readonly group: string | null;
  /** Patients with an image in the group: each counts with the mean over these. */
  readonly patients: number;
  /** Those with a malignant image in it. */
  readonly malignant: number;
  /** By how much true logits lie above the given ones ("calibration in the large"); 0 is right. */
  readonly calibrationIntercept: GroupValue;
  /** How the true logit grows with the given one; 1 is right. */
  readonly calibrationSlope: GroupValue;
  readonly expectedCalibrationError: GroupValue;
  readonly sensitivity: GroupValue;
  readonly specificity: GroupValue;
  /** For each threshold: malignant patients found per patient of the group, less mistakes at the odds of the threshold. */
  readonly netBenefits: readonly (GroupValue & { readonly threshold: number })[];
  /** Why the numbers say little: too few patients of a class; null where there are enough. */
  readonly small: string | null;
}

/**
 * Measures calibration, decisions and net benefit of a model per patient: of all patients, and of those of each group. Within a group a
 * patient counts with the mean of her images in it. Intervals are by a bootstrap over patients within folds, those of calibration in the
 * large and of the slope by the likelihood; they are not corrected for the number of groups.
 *
 * @param evaluation An evaluation, whose cases, thresholds and resampling are taken.
 * @param divisions The ways to divide the images.
 * @returns All patients first, then group by group in the order of the divisions.
 * @throws {Problem} Where an option cannot be such.
 */
export function measureGroupUse(
  evaluation: Evaluation,
  divisions: readonly GroupDivision[],
  options: GroupUseOptions = {},
): GroupUse[] {
  const settings = checkOptions("measureGroupUse", groupUseOptions, options);
  const { cases } = evaluation;
  const all = measureGroup(evaluation, { division: null, group: null, cases }, settings);
  return [
    all,
    ...divisions.flatMap(({ name, groupOf }) => {
      const groups = new Map(cases.map(({ id }) => [id, groupOf(id)]));
      return namesOfGroups([...groups.values()]).map((group) => {
        const own = cases.filter(({ id }) => groups.get(id) === group);
        return measureGroup(evaluation, { division: name, group, cases: own }, settings);
      });
    }),
  ];
}

/**
 * Makes tables of groups, to be shown by `showTable`: of calibration, and of decisions with net benefits. A † marks small groups.
 *
 * @returns One row a group and model in each; reasons of what is not defined stand in the last column.
 */
export function groupUseTables(uses: readonly GroupUse[]): {
  readonly calibration: Record<string, TableCell>[];
  readonly decisions: Record<string, TableCell>[];
} {
  const names = (use: GroupUse) => ({
    group: nameOf(use) + (use.small === null ? "" : " †"),
    model: use.model,
    patients: use.patients,
    malignant: use.malignant,
  });
  const reasons = (values: readonly GroupValue[]) =>
    [...new Set(values.flatMap(({ value, low, reason }) => (value === null || low === null ? [reason] : [])))]
      .filter((reason) => reason !== null)
      .join(" ") || null;
  return {
    calibration: uses.map((use) => {
      const { calibrationIntercept, calibrationSlope, expectedCalibrationError } = use;
      return {
        ...names(use),
        "in the large": say(calibrationIntercept, 2),
        slope: say(calibrationSlope, 2),
        ECE: say(expectedCalibrationError, 3),
        "not defined because": reasons([calibrationIntercept, calibrationSlope, expectedCalibrationError]),
      };
    }),
    decisions: uses.map((use) => ({
      ...names(use),
      sensitivity: say(use.sensitivity, 3),
      specificity: say(use.specificity, 3),
      ...Object.fromEntries(
        use.netBenefits.map((one) => [`net benefit, acting from ${formatShare(one.threshold)}`, say(one, 3)]),
      ),
      "not defined because": reasons([use.sensitivity, use.specificity, ...use.netBenefits]),
    })),
  };
}

function nameOf({ division, group }: GroupUse): string {
  if (division === null) return "all patients";
  return group?.startsWith(division) ? group : `${division}: ${group ?? "not known"}`;
}

function say({ value, low, high }: GroupValue, digits: number): string {
  return formatInterval(value, low, high, digits);
}

function measureGroup(
  { model, confidence, replicates, resamplingSeed }: Evaluation,
  part: Pick<GroupUse, "division" | "group"> & { readonly cases: readonly Decided[] },
  { thresholds, smallest }: v.InferOutput<typeof groupUseOptions>,
): GroupUse {
  const { division, group } = part;
  const cases = mergeViews(part.cases);
  const samples = makeSamples(cases);
  const random = createRandom(resamplingSeed)
    .split("group")
    .split(division ?? "")
    .split(group ?? "");
  const resampling = { replicates, confidence, random };
  const measures = estimateMeasures(cases, { ...resampling, random: random.split("measures") });
  const statistic = (sample: Sample, weights: Uint16Array, values: Float64Array) => {
    thresholds.forEach((threshold, index) => (values[index] = benefitOf(sample, weights, threshold)));
  };
  const count = thresholds.length;
  const intervals = bootstrapSamples(samples, count, statistic, { ...resampling, random: random.split("benefit") });
  const found = measureSamples(samples, count, statistic);
  const { intercept, slope, reason } = calibrationOf(cases, confidence);
  const of = (label: number) => new Set(cases.filter((one) => one.label === label).map(patientOf)).size;
  const valueOf = ({ value, low, high, reason: why }: GroupValue): GroupValue => ({ value, low, high, reason: why });
  return {
    ...{ model, division, group, patients: samples.patients.length, malignant: of(1) },
    calibrationIntercept: { ...intercept, reason: intercept.value === null ? reason : null },
    calibrationSlope: { ...slope, reason: slope.value === null ? reason : null },
    expectedCalibrationError: valueOf(measures.expectedCalibrationError),
    sensitivity: valueOf(measures.sensitivity),
    specificity: valueOf(measures.specificity),
    netBenefits: thresholds.map((threshold, index) => {
      const interval = boundedInterval(intervals[index]!, -Infinity, 1);
      const estimate = toEstimate({ value: found[index]!, reason: null }, interval, samples, replicates);
      return { threshold, ...valueOf(estimate) };
    }),
    small: describeSmall(of(1), of(0), smallest),
  };
}

// In malignant patients found per patient, less those acted on by mistake at the odds of the threshold; NaN without patients.
function benefitOf({ patient, label, probability }: Sample, weights: Uint16Array, threshold: number): number {
  const odds = threshold / (1 - threshold);
  let [sum, all] = [0, 0];
  label.forEach((one, index) => {
    const weight = weights[patient[index]!]!;
    all += weight;
    if (probability[index]! >= threshold) sum += one === 1 ? weight : -odds * weight;
  });
  return sum / all;
}
