import { canonicalJson } from "../files/canonical-json";
import { writeAtomically } from "../files/write-atomically";
import { isPlainObject, parseJson } from "../runs/json";
import { readOwnFile } from "../runs/read-own-file";
import { decide } from "./decide";
import { evaluatePredictions, fillOptions, type Evaluation, type EvaluationOptions } from "./evaluation";
import { hashPredictions } from "./hash-predictions";
import type { PredictionSet } from "./predictions";

/** How measures are defined: since 2, areas compare cases of one fold alone, and intervals hold several seeds; since 3, precisions too. */
const definition = 3;

/** The most bytes of such a file: folds, seeds and measures are few. */
const mostBytes = 2e7;

/**
 * Evaluates a model and keeps what came out in a file; where the file has the evaluation of the same predictions by the same options
 * already, it is read, and nothing is resampled again. What earlier versions kept is computed anew: areas were defined otherwise.
 *
 * @param path The file; its folder is made where it is missing.
 * @param options How; see `evaluatePredictions`.
 * @throws {Problem} Where the predictions are not fit to be evaluated, an option cannot be such, or the file cannot be written.
 */
export function evaluateOnce(path: string, set: PredictionSet, options: Partial<EvaluationOptions> = {}): Evaluation {
  const settings = fillOptions(options);
  const kept = readEvaluation(path, set);
  if (kept?.definition === definition && canonicalJson(kept.options) === canonicalJson(settings))
    return kept.evaluation;
  const evaluation = evaluatePredictions(set, settings);
  const { cases: _, ...rest } = evaluation;
  const stored = { definition, computedFrom: hashPredictions(set), options: settings, evaluation: rest };
  writeAtomically(path, `${JSON.stringify(stored, writeNumber)}\n`);
  return evaluation;
}

/**
 * Reads an evaluation that {@link evaluateOnce} kept, by whatever options.
 *
 * @returns The evaluation with its options; null where there is none, it cannot be read, or it is of other predictions.
 */
export function readEvaluation(
  path: string,
  set: PredictionSet,
): { readonly evaluation: Evaluation; readonly options: EvaluationOptions; readonly definition: number } | null {
  const stored = readStored(path);
  if (stored?.computedFrom !== hashPredictions(set)) return null;
  const { options, evaluation } = JSON.parse(JSON.stringify(stored), readNumber) as {
    options: EvaluationOptions;
    evaluation: Omit<Evaluation, "cases">;
  };
  if (evaluation.model !== set.model) return null;
  // The cases are the predictions again: they are not kept twice.
  return {
    options,
    definition: typeof stored.definition === "number" ? stored.definition : 1,
    evaluation: {
      ...evaluation,
      ...(set.kind === undefined ? {} : { kind: set.kind }),
      cases: decide(set, options.threshold).cases,
    },
  };
}

function readStored(path: string): Record<string, unknown> | null {
  try {
    const bytes = readOwnFile(path, mostBytes);
    const data = bytes === null ? null : parseJson(new TextDecoder().decode(bytes));
    return isPlainObject(data) && isPlainObject(data.options) && isPlainObject(data.evaluation) ? data : null;
  } catch {
    // What cannot be read is computed again.
    return null;
  }
}

// A threshold may be infinite, which JSON does not know.
function writeNumber(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? { notFinite: String(value) } : value;
}

function readNumber(_key: string, value: unknown): unknown {
  return isPlainObject(value) && typeof value.notFinite === "string" ? Number(value.notFinite) : value;
}
