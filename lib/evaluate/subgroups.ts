import * as v from "valibot";

import type { TableCell } from "../display/table";
import { wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { checkPredictions } from "./check-predictions";
import { resamplingOptions } from "./bootstrap";
import { decide, thresholdOption, type Decided } from "./decide";
import { estimateMeasures, type Estimate } from "./estimate";
import { formatEstimate } from "./evaluation-table";
import { firstMeasures, measureTitles, type FirstMeasure } from "./measures";
import { patientOf, type PredictionSet } from "./predictions";

/** The schema of {@link SubgroupOptions}. */
export const subgroupOptions = v.strictObject({
  /** How thresholds are chosen; default: 0.5, fixed beforehand. They are those of all images, not of the group. */
  threshold: thresholdOption,
  /** A group with fewer patients of a class than this is marked as small, from 1; default: 20. */
  smallest: v.optional(wholeNumber({ from: 1 }), 20),
  ...resamplingOptions,
});

/** How subgroups are evaluated. @interface */
export type SubgroupOptions = v.InferInput<typeof subgroupOptions>;

/** What was measured of one subgroup. */
export interface SubgroupEvaluation {
  /** The group's name; null for the images that are in no group. */
  readonly group: string | null;
  readonly images: number;
  readonly malignant: number;
  readonly patients: number;
  /** Why the numbers say little: too few patients of a class; null where there are enough. */
  readonly small: string | null;
  /** The measures; with several seeds, means over seeds. */
  readonly measures: Readonly<Record<FirstMeasure, Estimate>>;
}

/**
 * Evaluates a model in subgroups, such as devices, ages or sizes of lesions. Differences between groups that were not named
 * before the results were seen are to be taken with care: of twenty, one differs by chance.
 *
 * @param groupOf Names the group of an image by its id; null where it is in none.
 * @returns One entry a group, by name, with numbers in the order of their values; last, those in no group, where there are any.
 * @throws {Problem} Where the predictions are not fit to be evaluated.
 */
export function evaluateSubgroups(
  set: PredictionSet,
  groupOf: (id: string) => string | null,
  options: SubgroupOptions = {},
): SubgroupEvaluation[] {
  const { threshold, smallest, replicates, confidence, seed } = checkOptions(
    "evaluateSubgroups",
    subgroupOptions,
    options,
  );
  checkPredictions(set);
  const { cases } = decide(set, threshold);
  const groups = new Map(cases.map(({ id }) => [id, groupOf(id)]));
  const random = createRandom(seed);
  return namesOfGroups([...groups.values()]).map((group): SubgroupEvaluation => {
    const own = cases.filter(({ id }) => groups.get(id) === group);
    const images = [...new Map(own.map((one) => [one.id, one])).values()];
    const measures = estimateMeasures(own, { replicates, confidence, random: random.split(group ?? "") });
    const { areaUnderCurve, accuracy, sensitivity, specificity } = measures;
    return {
      group,
      images: images.length,
      malignant: images.filter(({ label }) => label === 1).length,
      patients: new Set(own.map(patientOf)).size,
      small: describeSmall(patientsOf(images, 1), patientsOf(images, 0), smallest),
      measures: { areaUnderCurve, accuracy, sensitivity, specificity },
    };
  });
}

/** Makes a table of subgroups, to be shown by `showTable`. */
export function subgroupTable(subgroups: readonly SubgroupEvaluation[]): Record<string, TableCell>[] {
  return subgroups.map(({ group, images, malignant, patients, small, measures }) => ({
    group: group ?? "(in no group)",
    images,
    malignant,
    patients,
    ...Object.fromEntries(firstMeasures.map((name) => [measureTitles[name], formatEstimate(measures[name])])),
    remark: small,
  }));
}

/** Lists the names of groups once each, by name, with numbers in the order of their values; last null, where it is there. */
export function namesOfGroups(groups: readonly (string | null)[]): (string | null)[] {
  const named = [...new Set(groups)].flatMap((group) => (group === null ? [] : [group]));
  const names = named.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  return groups.includes(null) ? [...names, null] : names;
}

/** Says of a group that it has too few patients of a class; null where it has enough. */
export function describeSmall(malignant: number, benign: number, smallest: number): string | null {
  return Math.min(malignant, benign) < smallest
    ? `small: ${malignant} malignant and ${benign} benign patients, fewer than ${smallest} of a class`
    : null;
}

function patientsOf(images: readonly Decided[], label: 0 | 1): number {
  return new Set(images.filter((one) => one.label === label).map(patientOf)).size;
}
