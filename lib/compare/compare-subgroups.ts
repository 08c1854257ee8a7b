import * as v from "valibot";

import type { TableCell } from "../display/table";
import { measureTitles } from "../evaluate/measures";
import { describeSmall, namesOfGroups, subgroupOptions } from "../evaluate/subgroups";
import type { PredictionSet } from "../evaluate/predictions";
import { nullable, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval, type RowStatistic } from "../statistics/bootstrap-by-group";
import { alignPredictions, modelOf, type Alignment } from "./align";
import { formatDifference, formatValue } from "./format-difference";
import type { GroupOfImage } from "./image-groups";
import { differenceOfRows, measureOfRows } from "./measure-rows";

const comparisonOptions = v.strictObject({
  /** The model that all others are held against; default: null, the first. */
  reference: v.optional(nullable(text("a model's name")), null),
  ...subgroupOptions.entries,
});

/** How models are compared in subgroups. @interface */
export type CompareSubgroupOptions = v.InferOutput<typeof comparisonOptions>;

/** What subgroups are compared by. */
export type SubgroupCompared = "accuracy" | "areaUnderCurve";

/** One model in one group. */
export interface ModelInSubgroup {
  readonly model: string;
  /** Its accuracy, the mean over seeds, with its interval by a bootstrap over the group's patients. */
  readonly accuracy: BootstrapInterval;
  /** Its area under the curve; null with a reason where the group has one class only. */
  readonly areaUnderCurve: BootstrapInterval;
  /** Each minus the reference's, with intervals from the same replicates; null for the reference itself. */
  readonly difference: Readonly<Record<SubgroupCompared, BootstrapInterval>> | null;
}

/** Models in one group of images. */
export interface SubgroupComparison {
  /** The group's name; null for the images that are in none. */
  readonly group: string | null;
  readonly images: number;
  readonly malignant: number;
  readonly patients: number;
  /** Why the numbers say little: too few patients of a class; null where there are enough. */
  readonly small: string | null;
  /** The models, in the order in which they were given. */
  readonly models: readonly ModelInSubgroup[];
}

/**
 * Compares models in subgroups of the images: devices, BI-RADS categories, sizes of lesions. Intervals are not corrected for
 * the number of groups: of twenty groups, one differs by chance.
 *
 * @param sets The models' predictions, two or more.
 * @param groupOf Names the group of an image: see {@link groupByBirads}, {@link groupByDevice}, {@link groupByLesionSize}.
 * @returns One entry a group, by name, with numbers in the order of their values; last, the images in no group.
 * @throws {Problem} Where the models were not tested on the same images (see `alignPredictions`), or the reference is
 *   not among them.
 */
export function compareSubgroups(
  sets: readonly PredictionSet[],
  groupOf: GroupOfImage,
  options: Partial<CompareSubgroupOptions> = {},
): SubgroupComparison[] {
  const settings = checkOptions("compareSubgroups", comparisonOptions, options);
  const alignment = alignPredictions(sets, { threshold: settings.threshold, unit: "images" });
  const reference = settings.reference ?? alignment.models[0]!.name;
  modelOf(alignment, reference);
  const groups = alignment.ids.map(groupOf);
  return namesOfGroups(groups).map((group) => {
    const rows = groups.flatMap((one, row) => (one === group ? [row] : []));
    return compareGroup(group, partOf(alignment, rows), reference, settings);
  });
}

/**
 * Makes a table of models in subgroups, to be shown by `showTable`.
 *
 * @returns One row a group and model, with the differences to the reference.
 */
export function subgroupComparisonTable(subgroups: readonly SubgroupComparison[]): Record<string, TableCell>[] {
  return subgroups.flatMap(({ group, images, malignant, patients, small, models }) =>
    models.map(({ model, accuracy, areaUnderCurve, difference }) => ({
      group: group ?? "(in no group)",
      images,
      malignant,
      patients,
      model,
      accuracy: formatValue(accuracy.estimate, accuracy.low, accuracy.high),
      "Δ accuracy": difference === null ? "reference" : formatDifference(difference.accuracy),
      [measureTitles.areaUnderCurve]: formatValue(areaUnderCurve.estimate, areaUnderCurve.low, areaUnderCurve.high),
      "Δ AUC": difference === null ? "reference" : formatDifference(difference.areaUnderCurve),
      remark: small,
    })),
  );
}

function compareGroup(
  group: string | null,
  alignment: Alignment,
  reference: string,
  { smallest, replicates, confidence, seed }: CompareSubgroupOptions,
): SubgroupComparison {
  const { labels, patients, folds, models } = alignment;
  const first = modelOf(alignment, reference);
  const statistics: Record<string, RowStatistic> = {};
  models.forEach((model, index) => {
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      statistics[`${index} ${measure}`] = measureOfRows(alignment, model, measure);
      statistics[`${index} ${measure} difference`] = differenceOfRows(alignment, first, model, measure);
    }
  });
  const random = createRandom(seed).split(group ?? "");
  const found = bootstrapByGroup({ groups: patients, strata: folds, random, replicates, confidence, statistics });
  const patientsOf = (label: number) => new Set(patients.filter((_, row) => labels[row] === label)).size;
  return {
    group,
    images: labels.length,
    malignant: labels.filter((label) => label === 1).length,
    patients: new Set(patients).size,
    small: describeSmall(patientsOf(1), patientsOf(0), smallest),
    models: models.map(({ name }, index) => ({
      model: name,
      accuracy: found[`${index} accuracy`]!,
      areaUnderCurve: found[`${index} areaUnderCurve`]!,
      difference:
        name === reference
          ? null
          : {
              accuracy: found[`${index} accuracy difference`]!,
              areaUnderCurve: found[`${index} areaUnderCurve difference`]!,
            },
    })),
  };
}

function partOf(alignment: Alignment, rows: readonly number[]): Alignment {
  const pick = <Item>(list: readonly Item[]) => rows.map((row) => list[row]!);
  return {
    ...alignment,
    ids: pick(alignment.ids),
    patients: pick(alignment.patients),
    labels: pick(alignment.labels),
    folds: pick(alignment.folds),
    models: alignment.models.map((model) => ({
      ...model,
      probabilities: model.probabilities.map(pick),
      decisions: model.decisions.map(pick),
      meanProbability: pick(model.meanProbability),
      meanDecision: pick(model.meanDecision),
    })),
  };
}
