import * as v from "valibot";

import { passed } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { chooseThreshold, type ThresholdRule } from "../statistics/choose-threshold";
import type { Prediction, PredictionSet } from "./predictions";

/**
 * How the probability from which on an image is called malignant is chosen: `fixed` beforehand, or by a rule on the
 * validation predictions of the same fold and seed. Never on what is tested.
 */
export type ThresholdChoice = { readonly kind: "fixed"; readonly at: number } | ThresholdRule;

/** The option that says how thresholds are chosen; default: 0.5, fixed beforehand. */
export const thresholdOption = v.optional(
  passed<ThresholdChoice>('how thresholds are chosen: { kind: "fixed", at: 0.5 }'),
  { kind: "fixed", at: 0.5 },
);

/** The threshold of one fold's model. */
export interface FoldThreshold {
  readonly fold: string;
  readonly seed: number;
  /** Malignant from this probability on. */
  readonly threshold: number;
}

/** A tested image, with what was decided on it. */
export interface Decided extends Prediction {
  /** 1 where it is called malignant: the probability is at least the threshold. */
  readonly decision: 0 | 1;
  readonly threshold: number;
}

/** Decisions on all tested images, and how they were made. */
export interface Decisions {
  /** The tested images, in the order of the predictions. */
  readonly cases: readonly Decided[];
  readonly thresholds: readonly FoldThreshold[];
}

/**
 * Decides on each tested image by the threshold of its fold and seed.
 *
 * @throws {Problem} Where a fixed threshold is not within 0 to 1, or a fold has no validation predictions of both classes and
 *   its threshold is to be chosen on them.
 */
export function decide(set: PredictionSet, choice: ThresholdChoice): Decisions {
  if (choice.kind === "fixed" && !(choice.at >= 0 && choice.at <= 1)) {
    throw new Problem(`The threshold is ${choice.at}, expected a probability from 0 to 1.`, "Give 0.5 for example.");
  }
  const thresholds = [...byFoldAndSeed(set.rows).values()].flatMap((rows): FoldThreshold[] => {
    const { fold, seed } = rows[0]!;
    if (!rows.some(({ part }) => part === "test")) return [];
    return [{ fold, seed, threshold: thresholdOf(set.model, rows, choice) }];
  });
  const known = new Map(thresholds.map(({ fold, seed, threshold }) => [JSON.stringify([fold, seed]), threshold]));
  const cases = set.rows.flatMap((row): Decided[] => {
    if (row.part !== "test") return [];
    const threshold = known.get(JSON.stringify([row.fold, row.seed]))!;
    return [{ ...row, threshold, decision: row.probability >= threshold ? 1 : 0 }];
  });
  return { cases, thresholds };
}

/**
 * Says how thresholds were chosen, as results must.
 *
 * @param heldBack Where validation predictions come from; default: the validation part.
 * @returns "0.5, fixed beforehand"; "greatest Youden index on the validation part of each fold and seed".
 */
export function describeThreshold(
  choice: ThresholdChoice,
  heldBack: NonNullable<PredictionSet["heldBack"]> = "validation part",
): string {
  const where = heldBack === "inner folds" ? "inner folds of the training part" : "validation part";
  const on = `on the ${where} of each fold and seed`;
  switch (choice.kind) {
    case "fixed":
      return `${choice.at}, fixed beforehand`;
    case "youden":
      return `greatest Youden index ${on}`;
    case "accuracy":
      return `greatest accuracy ${on}`;
    case "sensitivity":
    case "specificity":
      return `${choice.kind} of at least ${formatShare(choice.at)} ${on}`;
  }
}

/**
 * Divides predictions by the model that made them.
 *
 * @returns The rows of each fold and seed, in the order in which these are first named; the keys are of no meaning.
 */
export function byFoldAndSeed<Row extends Pick<Prediction, "fold" | "seed">>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.fold, row.seed]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/**
 * Writes a share in per cent.
 *
 * @param share The share, 0 to 1.
 * @returns "90 %", "92.5 %".
 */
export function formatShare(share: number): string {
  return `${Number((100 * share).toFixed(1))} %`;
}

function thresholdOf(model: string, rows: readonly Prediction[], choice: ThresholdChoice): number {
  if (choice.kind === "fixed") return choice.at;
  const { fold, seed } = rows[0]!;
  const validation = rows.filter(({ part }) => part === "validation");
  const malignant = validation.filter(({ label }) => label === 1).length;
  if (malignant === 0 || malignant === validation.length) {
    throw new Problem(
      `${model}, ${fold}, seed ${seed}: a threshold is to be chosen on its validation part, which holds ${malignant} malignant and ${validation.length - malignant} benign images; both are needed.`,
      'Predict the validation parts too, or give { threshold: { kind: "fixed", at: 0.5 } }.',
    );
  }
  return chooseThreshold(
    validation.map(({ label }) => label),
    validation.map(({ probability }) => probability),
    choice,
  ).threshold;
}
