import type { ModelKind } from "../display/model-style";
import type { Estimate } from "../evaluate/estimate";
import type { Evaluation } from "../evaluate/evaluation";
import type { InputSize } from "../graph/builder";
import { Problem } from "../runtime/problem";
import type { NetworkCost } from "./measure-cost";

/** All kinds, in the order of tables. */
export const modelKinds: readonly ModelKind[] = [
  "found",
  "control",
  "hand-crafted",
  "own",
  "ensemble",
  "trivial",
  "reader",
];

/** One model, as the table of comparison has it. What does not apply, or was not measured, is null. */
export interface ComparisonRow {
  readonly model: string;
  readonly kind: ModelKind;
  /** The images that it takes, height, width and channels: "64x64x1"; null for a model that sees no image. */
  readonly input: string | null;
  /** Numbers that training changes. */
  readonly parameters: number | null;
  /** Multiplications with a following addition, for one image. */
  readonly multiplyAdds: number | null;
  /** Accuracy, 0 to 1. */
  readonly accuracy: number | null;
  /** The lower end of its interval. */
  readonly accuracyLow: number | null;
  /** The upper end. */
  readonly accuracyHigh: number | null;
  /** Mean of sensitivity and specificity, 0 to 1. */
  readonly balancedAccuracy: number | null;
  /** Sensitivity, 0 to 1. */
  readonly sensitivity: number | null;
  /** Specificity, 0 to 1. */
  readonly specificity: number | null;
  /** F1, 0 to 1. */
  readonly f1: number | null;
  /** Area under the ROC curve, 0 to 1. */
  readonly areaUnderCurve: number | null;
  /** The lower end of its interval. */
  readonly areaLow: number | null;
  /** The upper end. */
  readonly areaHigh: number | null;
  /** The median time of a pass with one image, in milliseconds. */
  readonly latencyMs: number | null;
  /** The time of its training, all folds and seeds together, in seconds. */
  readonly trainSeconds: number | null;
  /** How many recipes of training it was tried with; left out: it was trained as all others, or the file is of an earlier version. */
  readonly recipes?: number;
  /** Which of them was chosen, in words. */
  readonly recipe?: string;
  /** The time of these trials, in seconds. */
  readonly tuneSeconds?: number;
  /** How many networks predict together; left out: one, whose costs stand in the row. Parameters and times are of all. */
  readonly networks?: number;
  /** What they are, and what they need beside the image, in words. */
  readonly note?: string;
}

/** The tuning of a model. */
export type TuningOfRow = Required<Pick<ComparisonRow, "recipes" | "recipe" | "tuneSeconds">>;

/** A model with all that is known of it. */
export interface ComparedModel {
  readonly evaluation: Evaluation;
  readonly kind: ModelKind;
  /** The images that it takes; null for a model that sees no image. */
  readonly input: InputSize | null;
  /** Its cost; null for a model that is no network. */
  readonly cost: NetworkCost | null;
  /** The time of its training in seconds, as its runs have recorded it; null where it is not known. */
  readonly trainSeconds: number | null;
  /** What it was tried with before it was trained; null or left out: it was not tuned. */
  readonly tuning?: TuningOfRow | null;
  /** The networks that predict together; null or left out: it is one. */
  readonly ensemble?: Required<Pick<ComparisonRow, "networks">> | null;
  /** What it is, and what it needs beside the image, in words; left out: nothing is to be said. */
  readonly note?: string;
}

/**
 * Gathers models into rows. Measures are those of all images, pooled over folds, and means over seeds. The interval of the
 * accuracy is by a bootstrap over patients (Wilson's where resampling gives none); that of the area too, or DeLong's where
 * each patient has one image and there is one seed: the evaluation's `method` says which.
 *
 * @returns One row a model, in the same order.
 * @throws {Problem} Where two have one name, a kind is not one, or they were evaluated on different numbers of images.
 */
export function comparisonRows(models: readonly ComparedModel[]): ComparisonRow[] {
  const names = models.map(({ evaluation }) => evaluation.model);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new Problem(`Two of the models are called "${twice}".`, "Give each model a name of its own.");
  }
  const [first] = models;
  for (const { evaluation } of models) {
    const [a, b] = [first!.evaluation.pooled, evaluation.pooled];
    if (a.cases === b.cases && a.malignant === b.malignant) continue;
    throw new Problem(
      `${first!.evaluation.model} was evaluated on ${a.cases} images, ${a.malignant} malignant, and ${evaluation.model} on ${b.cases}, ${b.malignant} malignant.`,
      "Put models into one table that were tested on the same images.",
    );
  }
  return models.map(rowOf);
}

function rowOf({
  evaluation,
  kind,
  input,
  cost,
  trainSeconds,
  tuning = null,
  ensemble = null,
  note,
}: ComparedModel): ComparisonRow {
  if (!modelKinds.includes(kind)) {
    throw new Problem(
      `The kind of ${evaluation.model} is "${kind}".`,
      `Give one of ${modelKinds.map((one) => `"${one}"`).join(", ")}.`,
    );
  }
  const { measures } = evaluation.pooled;
  const { accuracy, areaUnderCurve }: Record<"accuracy" | "areaUnderCurve", Estimate> = measures;
  return {
    model: evaluation.model,
    kind,
    input: input === null ? null : `${input.height}x${input.width}x${input.channels}`,
    parameters: cost?.parameters ?? null,
    multiplyAdds: cost?.multiplyAdds ?? null,
    accuracy: accuracy.value,
    accuracyLow: accuracy.low,
    accuracyHigh: accuracy.high,
    balancedAccuracy: measures.balancedAccuracy.value,
    sensitivity: measures.sensitivity.value,
    specificity: measures.specificity.value,
    f1: measures.f1.value,
    areaUnderCurve: areaUnderCurve.value,
    areaLow: areaUnderCurve.low,
    areaHigh: areaUnderCurve.high,
    latencyMs: cost?.latency.find(({ batch }) => batch === 1)?.medianMs ?? null,
    trainSeconds,
    ...tuning,
    ...ensemble,
    ...(note === undefined ? {} : { note }),
  };
}
