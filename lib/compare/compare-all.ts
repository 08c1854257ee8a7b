import * as v from "valibot";

import type { TableCell } from "../display/table";
import type { PredictionSet } from "../evaluate/predictions";
import { listOf, nullable, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { holm } from "../statistics/holm";
import { alignPredictions, modelOf, type Alignment } from "./align";
import { compareAligned, compareOptions, type Comparison } from "./compare-predictions";
import { formatDifference } from "./format-difference";
import { measureOfRows } from "./measure-rows";
import { testPatients } from "./patient-test";

const compareAllOptions = v.strictObject({
  ...compareOptions.entries,
  /** The model that all others are held against: the found one. */
  reference: text("a model's name"),
  /**
   * The models whose comparisons are corrected together, by name; default: null, all. Which belong together is to be settled
   * before results are seen. Models outside are compared too, without corrected p-values.
   */
  family: v.optional(nullable(listOf(text("a model's name"))), null),
});

/** How several models are compared. @interface */
export type CompareAllOptions = v.InferInput<typeof compareAllOptions>;

/** The p-values of one comparison, corrected for the family. */
export interface CorrectedValues {
  /** Of the difference in accuracy over patients; null where there is none; left out by earlier versions. */
  readonly accuracyOverPatients?: number | null;
  /** Of the difference in the area within folds over patients; null where there is none; left out by earlier versions. */
  readonly areaOverPatients?: number | null;
  /** Of McNemar's exact test. */
  readonly mcnemar: number | null;
  /** Of DeLong's test; null where the test gives none. */
  readonly delong: number | null;
  /** Of the t-test of accuracies over folds; null where there is none. */
  readonly accuracyOverFolds: number | null;
  /** Of the t-test of areas over folds; null where there is none. */
  readonly areaOverFolds: number | null;
}

/** One model held against the reference. */
export interface FamilyMember {
  readonly model: string;
  /** The comparison, with p-values as they are. */
  readonly comparison: Comparison;
  /** Its p-values after Holm's correction over the family, test by test; null outside the family. */
  readonly corrected: CorrectedValues | null;
}

/** The model that is best in a measure, and those that cannot be told from it. */
export interface BestModels {
  readonly best: string;
  readonly value: number;
  /** The others that cannot be told from it: the p-value, after Holm's correction over all others, is at least 0.05. */
  readonly notDistinguishable: readonly string[];
  /** The corrected p-value of each other model; null where the test gives none, which tells nothing apart. */
  readonly corrected: Readonly<Record<string, number | null>>;
}

/** Several models held against one. Plain data, to be kept as JSON. */
export interface FamilyComparison {
  readonly reference: string;
  /** The models whose p-values were corrected together. */
  readonly family: readonly string[];
  /** Every other model, in the order in which they were given. */
  readonly members: readonly FamilyMember[];
  /** The best by accuracy and by area within folds, told apart by tests over patients. */
  readonly best: { readonly accuracy: BestModels; readonly areaUnderCurve: BestModels };
}

/** Below this a corrected p-value tells two models apart. */
export const significance = 0.05;

/**
 * Holds every model against one, with Holm's correction over the family for each test on its own, and finds which cannot be
 * told from the best. A test of the family that cannot be computed counts as one that found nothing.
 *
 * @param sets The models' predictions, two or more.
 * @throws {Problem} Where the reference or a member of the family is not among the models or the models were not tested on
 *   the same images (see `alignPredictions`), or an option cannot be such.
 */
export function compareAll(sets: readonly PredictionSet[], options: CompareAllOptions): FamilyComparison {
  const settings = checkOptions("compareAll", compareAllOptions, options);
  const { reference, family: wanted, ...others } = settings;
  const alignment = alignPredictions(sets, settings);
  modelOf(alignment, reference);
  const names = alignment.models.map(({ name }) => name).filter((name) => name !== reference);
  const family = checkFamily(alignment, reference, wanted ?? names);
  const comparisons = names.map((name) => compareAligned(alignment, reference, name, others));
  const corrected = correctFamily(comparisons.filter(({ other }) => family.includes(other)));
  return {
    reference,
    family,
    members: comparisons.map((comparison) => ({
      model: comparison.other,
      comparison,
      corrected: corrected.get(comparison.other) ?? null,
    })),
    best: {
      accuracy: findBest(alignment, "accuracy"),
      areaUnderCurve: findBest(alignment, "areaUnderCurve"),
    },
  };
}

/**
 * Makes a table of models held against one, to be shown by `showTable`.
 *
 * @returns One row a model: its differences in accuracy and area to the reference, and the p-values after correction, or "not
 *   in the family".
 */
export function familyTable({ reference, members }: FamilyComparison): Record<string, TableCell>[] {
  return members.map(({ model, comparison, corrected }) => {
    const { accuracy, areaUnderCurve } = comparison;
    const cell = (name: keyof CorrectedValues): TableCell =>
      corrected === null ? "not in the family" : formatProbability(corrected[name] ?? null);
    return {
      model,
      [`accuracy, minus ${reference}`]: formatDifference(accuracy.difference),
      ...(comparison.overPatients === undefined ? {} : { "p over patients, accuracy": cell("accuracyOverPatients") }),
      "McNemar p": cell("mcnemar"),
      "t-test p, accuracy": cell("accuracyOverFolds"),
      [`AUC, minus ${reference}`]: formatDifference(areaUnderCurve.difference),
      ...(comparison.overPatients === undefined ? {} : { "p over patients, AUC": cell("areaOverPatients") }),
      "DeLong p": cell("delong"),
      "t-test p, AUC": cell("areaOverFolds"),
    };
  });
}

/**
 * Gives the corrected p-value by which a member of a family is told from the reference: over patients, or what earlier versions had in
 * its place, McNemar's and DeLong's over images.
 *
 * @returns The p-value; null where the test gives none; undefined outside the family.
 */
export function correctedP(
  { corrected }: Pick<FamilyMember, "corrected">,
  measure: "accuracy" | "areaUnderCurve",
): number | null | undefined {
  if (corrected === null) return undefined;
  const { accuracyOverPatients, areaOverPatients, mcnemar, delong } = corrected;
  const [own, older] = measure === "accuracy" ? [accuracyOverPatients, mcnemar] : [areaOverPatients, delong];
  return own === undefined ? older : own;
}

/**
 * Says of what the p-values are, where that is something else than the differences beside them.
 *
 * @returns What is a mean over seeds, and what is of mean probabilities; empty where every model has one seed.
 */
export function describeSeeds({ members }: FamilyComparison): string {
  const several = members.some(({ comparison: { seeds } }) => seeds.reference > 1 || seeds.other > 1);
  if (!several) return "";
  const older = members.some(({ comparison }) => comparison.overPatients === undefined);
  return older
    ? "p-values are of the mean probabilities over seeds, differences are means over seeds"
    : "differences and their p over patients are of means over seeds; McNemar's and DeLong's p are of mean probabilities";
}

/**
 * Writes a p-value.
 *
 * @param p The value; null where there is none.
 * @returns "0.032", "< 0.001", "–".
 */
export function formatProbability(p: number | null): string {
  if (p === null) return "–";
  return p < 0.001 ? "< 0.001" : p.toFixed(3);
}

/**
 * Says a p-value in a sentence.
 *
 * @returns "p = 0.032", "p < 0.001", "no p".
 */
export function sayProbability(p: number | null): string {
  if (p === null) return "no p";
  return `p ${p < 0.001 ? "" : "= "}${formatProbability(p)}`;
}

function checkFamily(alignment: Alignment, reference: string, family: readonly string[]): string[] {
  for (const name of family) {
    modelOf(alignment, name);
    if (name !== reference) continue;
    throw new Problem(
      `The family holds the reference "${reference}", which is not compared with itself.`,
      "Leave it out of the family.",
    );
  }
  return [...new Set(family)];
}

// A test that cannot be computed stays in the family, as one that found nothing.
function correct(ps: readonly (number | null)[]): (number | null)[] {
  const values = holm(ps.map((p) => p ?? 1));
  return ps.map((p, index) => (p === null ? null : values[index]!));
}

function correctFamily(comparisons: readonly Comparison[]): Map<string, CorrectedValues> {
  const accuracyOverPatients = correct(comparisons.map((one) => one.overPatients?.accuracy.p ?? null));
  const areaOverPatients = correct(comparisons.map((one) => one.overPatients?.areaUnderCurve.p ?? null));
  const mcnemar = correct(comparisons.map((one) => one.mcnemar.p));
  const delong = correct(comparisons.map((one) => one.delong.p));
  const accuracy = correct(comparisons.map((one) => one.overFolds.accuracy.test?.p ?? null));
  const area = correct(comparisons.map((one) => one.overFolds.areaUnderCurve.test?.p ?? null));
  return new Map(
    comparisons.map(({ other }, index) => [
      other,
      {
        accuracyOverPatients: accuracyOverPatients[index]!,
        areaOverPatients: areaOverPatients[index]!,
        mcnemar: mcnemar[index]!,
        delong: delong[index]!,
        accuracyOverFolds: accuracy[index]!,
        areaOverFolds: area[index]!,
      },
    ]),
  );
}

function findBest(alignment: Alignment, measure: "accuracy" | "areaUnderCurve"): BestModels {
  const all = alignment.labels.map((_, row) => row);
  const values = alignment.models.map((model) => measureOfRows(alignment, model, measure)(all)!);
  const place = values.indexOf(Math.max(...values));
  const best = alignment.models[place]!;
  const others = alignment.models.filter((_, index) => index !== place);
  const ps = others.map((other) => testPatients(alignment, best, other, { measure, confidence: 0.95 }).p);
  const corrected = correct(ps);
  return {
    best: best.name,
    value: values[place]!,
    notDistinguishable: others.flatMap(({ name }, index) => ((corrected[index] ?? 1) >= significance ? [name] : [])),
    corrected: Object.fromEntries(others.map(({ name }, index) => [name, corrected[index]!])),
  };
}
