import * as v from "valibot";

import { patientOf, type Prediction, type PredictionSet } from "../evaluate/predictions";
import { listOf, number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { fitLogisticModel } from "../statistics/logistic-model";
import { logistic } from "../statistics/logistic";
import { mean, quantile } from "../statistics/summary";

const recalibrationOptions = v.strictObject({
  /** How many images of the other hospital are given to choose by, from 0; default: 0, 20, 50 and 100. */
  images: v.optional(listOf(wholeNumber(), { least: 1, different: true }), [0, 20, 50, 100]),
  /** How often they are drawn anew, from 1; default: 200. */
  draws: v.optional(wholeNumber({ from: 1 }), 200),
  /** The share of draws between the ends of a band, between 0 and 1; default: 0.95. */
  share: v.optional(number({ above: 0, below: 1 }), 0.95),
});

/** How recalibration is tried. @interface */
export type RecalibrationOptions = v.InferInput<typeof recalibrationOptions>;

/** What is changed: nothing; what is added to all logits; that, and by what they are multiplied. */
export type RecalibrationKind = "as it came" | "intercept" | "intercept and slope";

/** A mean over draws, and between which ends most draws lie. */
export interface DrawnValue {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What so many images of the other hospital are worth. */
export interface RecalibrationPoint {
  /** How many images were asked for; whole patients are drawn, so that it may be one or two more. */
  readonly images: number;
  readonly kind: RecalibrationKind;
  /** Measured on the images that were not drawn. */
  readonly logLoss: DrawnValue;
  readonly brierScore: DrawnValue;
  /** The mean probability less the share of malignant images: 0 is right. */
  readonly tooHigh: DrawnValue;
  readonly accuracy: DrawnValue;
  readonly sensitivity: DrawnValue;
  readonly specificity: DrawnValue;
  /** Draws in which nothing could be fitted, as one class was absent or the classes were told apart without error; left as it came. */
  readonly unfitted: number;
}

const measured = ["logLoss", "brierScore", "tooHigh", "accuracy", "sensitivity", "specificity"] as const;

/**
 * Tries what a site must collect: so many images with known classes are drawn, whole patients at a time, and used to move the networks'
 * logits ("recalibration in the large") or to move and to stretch them (logistic recalibration: Cox, Biometrika 45:562-565, 1958;
 * Steyerberg, Clinical Prediction Models, 2019, chapter 20). What that is worth is measured on the images that were not drawn, at a
 * probability of 0.5.
 *
 * @param set What the networks say together, scaled by the temperatures that they brought along; one row an image.
 * @param random Draws the patients.
 * @returns A point for each number and kind; without images there is the kind "as it came" alone.
 * @throws {Problem} Where so many images leave fewer than ten, or one class, to measure on.
 */
export function recalibrate(
  set: PredictionSet,
  random: RandomGenerator,
  options: RecalibrationOptions = {},
): RecalibrationPoint[] {
  const { images, draws, share } = checkOptions("recalibrate", recalibrationOptions, options);
  const rows = set.rows.filter(({ part }) => part === "test");
  const most = Math.max(...images);
  if (rows.length - most < 10) {
    throw new Problem(
      `${set.model}: of ${rows.length} images ${most} are to be drawn, which leaves fewer than 10 to measure on.`,
      `Give images: [0, ${Math.max(0, Math.floor(rows.length / 4))}], for example.`,
    );
  }
  const patients = byPatient(rows);
  return images.flatMap((count) => {
    const kinds: readonly RecalibrationKind[] = count === 0 ? ["as it came"] : ["intercept", "intercept and slope"];
    const tried = Array.from({ length: count === 0 ? 1 : draws }, (_, draw) => {
      const [drawn, rest] = drawPatients(patients, count, random.split(`${count} images`).split(draw));
      return kinds.map((kind) => tryOne(kind, drawn, rest));
    });
    return kinds.map((kind, index): RecalibrationPoint => {
      const own = tried.map((all) => all[index]!);
      const values = Object.fromEntries(
        measured.map((name) => [name, spreadOf(own.map((one) => one[name]), share)]), // prettier-ignore
      ) as Record<(typeof measured)[number], DrawnValue>;
      return { images: count, kind, ...values, unfitted: own.filter(({ fitted }) => !fitted).length };
    });
  });
}

function byPatient(rows: readonly Prediction[]): Prediction[][] {
  const patients = new Map<string, Prediction[]>();
  for (const row of rows) patients.set(patientOf(row), [...(patients.get(patientOf(row)) ?? []), row]);
  return [...patients.values()];
}

function drawPatients(patients: Prediction[][], count: number, random: RandomGenerator) {
  const order = random.shuffled(patients);
  const drawn: Prediction[] = [];
  let taken = 0;
  while (drawn.length < count && taken < order.length) drawn.push(...order[taken++]!);
  return [drawn, order.slice(taken).flat()] as const;
}

function tryOne(kind: RecalibrationKind, drawn: readonly Prediction[], rest: readonly Prediction[]) {
  const { intercept, slope, fitted } = fit(kind, drawn);
  const probabilities = rest.map(({ logit }) => logistic(intercept + slope * logit!));
  const of = (label: 0 | 1) => rest.flatMap((row, index) => (row.label === label ? [probabilities[index]!] : []));
  const [benign, malignant] = [of(0), of(1)];
  const right = [malignant.filter((one) => one >= 0.5).length, benign.filter((one) => one < 0.5).length] as const;
  const loss = rest.map(({ logit, label }) => {
    const margin = (label === 1 ? 1 : -1) * (intercept + slope * logit!);
    return Math.max(0, -margin) + Math.log1p(Math.exp(-Math.abs(margin)));
  });
  return {
    fitted,
    logLoss: mean(loss),
    brierScore: mean(rest.map(({ label }, index) => (probabilities[index]! - label) ** 2)),
    tooHigh: mean(probabilities) - malignant.length / rest.length,
    accuracy: (right[0] + right[1]) / rest.length,
    sensitivity: right[0] / malignant.length,
    specificity: right[1] / benign.length,
  };
}

function fit(kind: RecalibrationKind, drawn: readonly Prediction[]) {
  const asItCame = { intercept: 0, slope: 1, fitted: kind === "as it came" };
  const labels = drawn.map(({ label }) => label);
  if (kind === "as it came" || new Set(labels).size < 2) return asItCame;
  const logits = drawn.map(({ logit }) => logit!);
  if (kind === "intercept") {
    const model = fitLogisticModel({ labels, columns: [], offset: logits });
    return model === null ? asItCame : { intercept: model.intercept.value, slope: 1, fitted: true };
  }
  const model = fitLogisticModel({ labels, columns: [logits] });
  return model === null
    ? asItCame
    : { intercept: model.intercept.value, slope: model.coefficients[0]!.value, fitted: true };
}

function spreadOf(values: readonly number[], share: number): DrawnValue {
  const known = values.filter((value) => !Number.isNaN(value));
  const tail = (1 - share) / 2;
  return { mean: mean(known), low: quantile(known, tail), high: quantile(known, 1 - tail) };
}
