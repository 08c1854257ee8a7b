import * as v from "valibot";

import { compareAll, correctedP, formatProbability, type FamilyComparison } from "../compare/compare-all";
import { formatDifference } from "../compare/format-difference";
import type { Figure } from "../display/figure";
import type { TableCell } from "../display/table";
import { formatEstimate } from "../evaluate/evaluation-table";
import { nullable, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { attempt } from "./attempt";
import { drawStudies, type StandingModel } from "./draw-studies";
import { keptEvaluation } from "./evaluate-models";
import type { StudyPlace } from "./layout";
import { settingsApart } from "./settings-apart";
import { readStanding, whyApart, type StandingStudy } from "./standing-study";

const compareOptions = v.strictObject({
  /** The study whose found network all others are held against, by name; default: null, the first. */
  reference: v.optional(nullable(text("the name of a study")), null),
  /** How often patients are resampled, from 1; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 1 }), 2000),
  /** The seed of the resampling; default: 1. */
  seed: v.optional(wholeNumber(), 1),
});

/**
 * How studies are compared.
 *
 * @interface
 */
export type CompareStudiesOptions = v.InferInput<typeof compareOptions>;

/** Studies side by side. */
export interface ComparedStudies {
  readonly studies: readonly string[];
  /** The networks: those of one name together, in the order of the studies. */
  readonly models: readonly StandingModel[];
  /** The tests against the found network of the chosen study; names are "ENAS, bus-bra-quick". Null where there is one network. */
  readonly family: FamilyComparison | null;
  /** One row a network and study: measures with intervals, and the paired differences to the chosen one. */
  readonly table: readonly Record<string, TableCell>[];
  /** The area under the curve of each network in each study; null where there is none. */
  readonly figure: Figure | null;
  /** What the studies differ in, and nothing else; see `settingsApart`. */
  readonly settings: readonly Record<string, TableCell>[];
  /** Which studies are left out, and why; and that there is but one. */
  readonly notices: readonly string[];
}

/**
 * Lays studies of the same images side by side: their networks in one table and one figure, the differences to the found network
 * of one of them over the same images and patients, and what their settings differ in.
 *
 * @param studies The studies: folders, names of folders in `results`, or studies that are open.
 * @returns The studies side by side. A study that cannot be compared is left out, with a sentence.
 * @throws {Problem} Where no study is named, the chosen one is not among them or cannot be read, or an option cannot be such.
 */
export function compareStudies(
  studies: readonly (string | StudyPlace)[],
  options: CompareStudiesOptions = {},
): ComparedStudies {
  const { reference, replicates, seed } = checkOptions("compareStudies", compareOptions, options);
  const { chosen, standing, notices } = readAll(studies, reference);
  const models = standing.flatMap((study) => modelsOf(study, { replicates, seed }));
  const names = [...new Set(models.map(({ model }) => model))];
  const ordered = names.flatMap((name) => models.filter(({ model }) => model === name));
  const found = models.find(({ study, kind }) => study === chosen.name && kind === "found") ?? models[0]!;
  const sets = standing.flatMap((study) =>
    study.models.map(({ model, predictions }) => ({ ...predictions, model: longName(model.name, study.name) })),
  );
  const family =
    sets.length < 2 ? null : compareAll(sets, { reference: longName(found.model, found.study), replicates, seed });
  if (standing.length === 1) notices.push(`${chosen.name} stands alone: no other study of the same images is done.`);
  return {
    studies: standing.map(({ name }) => name),
    models: ordered,
    family,
    table: ordered.map((one) => rowOf(one, standing, family)),
    figure: ordered.length === 0 ? null : drawStudies(ordered),
    settings: settingsApart(standing),
    notices,
  };
}

function readAll(studies: readonly (string | StudyPlace)[], reference: string | null) {
  const read = studies.map((study) => attempt(() => readStanding(typeof study === "string" ? study : study.path())));
  const known = read.flatMap(({ value }) => value ?? []);
  const chosen = reference === null ? known[0] : known.find(({ name }) => name === reference);
  if (chosen === undefined) {
    throw new Problem(
      reference === null
        ? ["There is no study to be compared.", ...read.map(({ missing }) => missing)].join(" ")
        : `The study "${reference}" is not among those that can be compared: ${known.map(({ name }) => name).join(", ") || "none"}.`,
      "Name studies whose networks are tested.",
    );
  }
  const twice = known.find(({ name }, index) => known.findIndex((one) => one.name === name) !== index);
  if (twice !== undefined) {
    throw new Problem(`Two of the studies are called "${twice.name}".`, "Name each study once.");
  }
  const apart = known.map((study) => (study === chosen ? null : whyApart(chosen, study)));
  return {
    chosen,
    standing: known.filter((_, index) => apart[index] === null),
    notices: [...read.map(({ missing }) => missing), ...apart].flatMap((sentence) => sentence ?? []),
  };
}

const longName = (model: string, study: string) => `${model}, ${study}`;

function modelsOf(study: StandingStudy, options: { replicates: number; seed: number }): StandingModel[] {
  return study.models.map(({ model: { name, kind }, predictions }) => ({
    study: study.name,
    model: name,
    kind,
    evaluation: keptEvaluation(study, predictions, options),
  }));
}

function rowOf(
  { study, model, kind, evaluation }: StandingModel,
  standing: readonly StandingStudy[],
  family: FamilyComparison | null,
): Record<string, TableCell> {
  const { accuracy, areaUnderCurve } = evaluation.pooled.measures;
  const row = standing.find(({ name }) => name === study)?.rows.find((one) => one.model === model);
  const member = family?.members.find((one) => one.model === longName(model, study));
  const difference = (measure: "accuracy" | "areaUnderCurve") =>
    member === undefined
      ? "the chosen one"
      : `${formatDifference(member.comparison[measure].difference)}, p ${formatProbability(correctedP(member, measure) ?? null)}`;
  return {
    ...{ model, study, kind, parameters: row?.parameters ?? null },
    ...{ accuracy: formatEstimate(accuracy), AUC: formatEstimate(areaUnderCurve) },
    "Δ accuracy": difference("accuracy"),
    "Δ AUC": difference("areaUnderCurve"),
  };
}
