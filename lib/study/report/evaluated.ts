import { compareAll, type FamilyComparison } from "../../compare/compare-all";
import type { PrimaryEndpoint } from "../../compare/primary-endpoint";
import type { Evaluation } from "../../evaluate/evaluation";
import type { PredictionSet } from "../../evaluate/predictions";
import type { StudyModel } from "../../validate/plan";
import { attempt, type Attempted } from "../attempt";
import { keptEvaluation } from "../evaluate-models";
import type { Study } from "../open-study";
import { judgePrimary } from "../primary";
import type { StudyMaterial } from "./material";

/** A network of a study with what it says of the test images. */
export interface EvaluatedModel {
  readonly kind: StudyModel["kind"];
  readonly predictions: PredictionSet;
  readonly evaluation: Evaluation;
}

/** What can be said of a study's networks on the test images. */
export interface StudyEvaluation {
  /** The networks whose units are all done. */
  readonly models: readonly EvaluatedModel[];
  /** The tests between them; null where there are no two. */
  readonly family: FamilyComparison | null;
  /** The primary endpoint, from the predictions of the found network and of the reference. */
  readonly primary: Attempted<PrimaryEndpoint>;
  /** What is missing or was refused, in sentences. */
  readonly notices: readonly string[];
}

/**
 * Evaluates the networks of a study from their predictions alone. A network with units that are not done is left out: it would
 * stand beside others that were tested on more images.
 *
 * @param replicates How often patients are resampled for what was not kept, from 100.
 * @returns The evaluations, and the tests where none were kept by `07_compare`.
 */
export function evaluateStudy(
  study: Pick<Study, "path" | "settings" | "found">,
  material: StudyMaterial,
  replicates: number,
): StudyEvaluation {
  const notices: string[] = [];
  const models = [material.found, material.handCrafted].flatMap(({ value }) => {
    if (value?.missing != null) notices.push(value.missing);
    return (value?.models ?? []).flatMap(({ model, predictions, missing }): EvaluatedModel[] => {
      if (missing.length > 0) {
        notices.push(`${model.name} is left out: ${missing.length} of its units are not done.`);
        return [];
      }
      const evaluation = attempt(() => keptEvaluation(study, predictions, { replicates }));
      if (evaluation.value === null) {
        notices.push(`${model.name} is left out: ${evaluation.missing}`);
        return [];
      }
      notices.push(...evaluation.value.notices.map((notice) => `${model.name}: ${notice}`));
      return [{ kind: model.kind, predictions, evaluation: evaluation.value }];
    });
  });
  const primary = attempt(() => judgePrimary(study, models));
  const kept = material.comparison.value?.family ?? null;
  const reference = models.find(({ kind }) => kind === "found")?.predictions.model;
  if (kept !== null || reference === undefined || models.length < 2) return { models, family: kept, primary, notices };
  const sets = models.map(({ predictions }) => predictions);
  const family = attempt(() => compareAll(sets, { reference, replicates }));
  if (family.missing !== null) notices.push(family.missing);
  return { models, family: family.value, primary, notices };
}
