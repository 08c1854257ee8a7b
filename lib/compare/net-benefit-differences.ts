import * as v from "valibot";

import type { TableCell } from "../display/table";
import { resamplingOptions } from "../evaluate/bootstrap";
import { formatShare } from "../evaluate/decide";
import type { PredictionSet } from "../evaluate/predictions";
import { listOf, number, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom } from "../runtime/random";
import { bootstrapByGroup, type BootstrapInterval, type RowStatistic } from "../statistics/bootstrap-by-group";
import { alignPredictions, modelOf, type AlignedModel } from "./align";
import { formatDifference } from "./format-difference";

const benefitOptions = v.strictObject({
  /** The model whose net benefit is taken away, by its name. */
  reference: text("a model's name"),
  /** From which probability of malignant on a reader would act, above 0 and below 1; default: 0.02, 0.1 and 0.3. */
  thresholds: v.optional(listOf(number({ above: 0, below: 1 }), { least: 1, different: true }), [0.02, 0.1, 0.3]),
  ...resamplingOptions,
});

/** How net benefits are compared. @interface */
export type NetBenefitOptions = v.InferInput<typeof benefitOptions>;

/** The net benefit of one model less that of the reference, for readers who act from a probability on. */
export interface NetBenefitDifference {
  readonly model: string;
  readonly threshold: number;
  /** In malignant patients found per patient, less mistakes at the odds of the threshold; with its interval over patients. */
  readonly difference: BootstrapInterval;
}

/**
 * Compares models by their net benefit per patient (Vickers and Elkin, Medical Decision Making 26:565-574, 2006), each the mean over its
 * seeds, at the frequency of malignant lesions of the set, with intervals by a bootstrap over patients within folds.
 *
 * @param sets The models' predictions, two or more.
 * @returns One entry a model and threshold.
 * @throws {Problem} Where the models were not tested on the same images, or an option cannot be such.
 */
export function compareNetBenefit(sets: readonly PredictionSet[], options: NetBenefitOptions): NetBenefitDifference[] {
  const { reference, thresholds, replicates, confidence, seed } = checkOptions(
    "compareNetBenefit",
    benefitOptions,
    options,
  );
  const alignment = alignPredictions(sets, { threshold: { kind: "fixed", at: 0.5 }, unit: "patients" });
  const { labels, patients, folds, models } = alignment;
  const first = modelOf(alignment, reference);
  const pairs = models
    .filter(({ name }) => name !== reference)
    .flatMap((model) => thresholds.map((threshold) => ({ model, threshold })));
  const statistics = Object.fromEntries(
    pairs.map(({ model, threshold }, index): [string, RowStatistic] => {
      const gains = labels.map((_, row) => benefitOf(labels[row]!, model, row, threshold) - benefitOf(labels[row]!, first, row, threshold)); // prettier-ignore
      return [String(index), (rows) => rows.reduce((sum, row) => sum + gains[row]!, 0) / rows.length];
    }),
  );
  const random = createRandom(seed).split("net benefit");
  const found = bootstrapByGroup({ groups: patients, strata: folds, random, replicates, confidence, statistics });
  return pairs.map(({ model, threshold }, index) => ({
    model: model.name,
    threshold,
    difference: found[String(index)]!,
  }));
}

/** Makes a table of differences of net benefit, to be shown by `showTable`: a row a model, a column a threshold. */
export function netBenefitTable(differences: readonly NetBenefitDifference[]): Record<string, TableCell>[] {
  return [...new Set(differences.map(({ model }) => model))].map((name) => ({
    model: name,
    ...Object.fromEntries(
      differences
        .filter(({ model }) => model === name)
        .map(({ threshold, difference }) => [`acting from ${formatShare(threshold)}`, formatDifference(difference)]),
    ),
  }));
}

// What one case adds: 1 for a malignant one that is acted on, less the odds for a benign one.
function benefitOf(label: number, { probabilities }: AlignedModel, row: number, threshold: number): number {
  const acted = probabilities.filter((own) => own[row]! >= threshold).length / probabilities.length;
  return label === 1 ? acted : (-acted * threshold) / (1 - threshold);
}
