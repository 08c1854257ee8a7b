import { evaluateOnce, readEvaluation } from "../evaluate/evaluation-file";
import type { Evaluation, EvaluationOptions } from "../evaluate/evaluation";
import type { PredictionSet } from "../evaluate/predictions";
import { folderNameOf } from "../files/folder-name";
import { placeOf } from "./layout";
import type { Study } from "./open-study";

/**
 * Evaluates models of a study, each once: what came out is kept in `evaluations`, and read again by whoever asks next, as long as
 * predictions and options are the same.
 *
 * @param options How; see `evaluate.evaluatePredictions`.
 * @returns The evaluations, in the same order.
 * @throws {Problem} Where predictions are not fit to be evaluated, an option cannot be such, or a file cannot be written.
 */
export function evaluateModels(
  study: Pick<Study, "path">,
  sets: readonly PredictionSet[],
  options: Partial<EvaluationOptions> = {},
): Evaluation[] {
  return sets.map((set) => evaluateOnce(fileOf(study, set), set, options));
}

/**
 * Gives the evaluation that a study has kept of a model, by whatever options; where there is none of these predictions, evaluates it
 * and keeps that.
 *
 * @param options How it is evaluated where nothing was kept.
 * @throws {Problem} Where the predictions are not fit to be evaluated, or a file cannot be written.
 */
export function keptEvaluation(
  study: Pick<Study, "path">,
  set: PredictionSet,
  options: Partial<EvaluationOptions> = {},
): Evaluation {
  return readEvaluation(fileOf(study, set), set)?.evaluation ?? evaluateOnce(fileOf(study, set), set, options);
}

function fileOf(study: Pick<Study, "path">, { model }: PredictionSet): string {
  return placeOf(study, "evaluated", `${folderNameOf(model)}.json`);
}
