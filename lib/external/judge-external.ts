import type { ModelKind } from "../display/model-style";
import { calibrationOf, type CalibrationValues } from "../evaluate/clinical-use";
import { decide } from "../evaluate/decide";
import type { Estimate } from "../evaluate/estimate";
import { evaluatePredictions, type Evaluation, type EvaluationOptions } from "../evaluate/evaluation";
import { firstMeasures, type FirstMeasure } from "../evaluate/measures";
import { mergeViews } from "../evaluate/merge-views";
import type { PredictionSet } from "../evaluate/predictions";
import { independentDifference, type IndependentDifference } from "../statistics/independent-difference";
import { applyCarried, applyToOwn, carryOver } from "./external-predictions";
import type { ThresholdChoice } from "../evaluate/decide";

/** What was measured on one side. */
export interface ExternalSide {
  readonly images: number;
  readonly malignant: number;
  readonly patients: number;
  readonly measures: Readonly<Record<FirstMeasure, Estimate>>;
  /** The area per patient: the mean of her views, malignant where any is. */
  readonly areaOfPatients: Estimate;
}

/** What became of one model on another set. Plain data, to be kept as JSON. */
export interface ExternalResult {
  readonly model: string;
  /** Where it comes from, as its predictions say; left out where they do not. */
  readonly kind?: ModelKind;
  /** How many networks were applied: one for each fold and seed. */
  readonly networks: number;
  /** How thresholds and temperatures came along, in words. */
  readonly origin: string;
  /** On the study's own tested images, each by its fold's network, with the thresholds that are carried over. */
  readonly own: ExternalSide;
  /** On the other set by each network: means over networks, and intervals of patients and of networks. */
  readonly each: ExternalSide;
  /** On the other set by all networks together. */
  readonly together: ExternalSide;
  /** Of each measure the mean network's on the other set minus the own; null where one is not defined or has no interval. */
  readonly differences: Readonly<Record<FirstMeasure, IndependentDifference | null>>;
  /** Per patient, after the temperatures: on the own tested images, and on the other set by all networks together. */
  readonly calibration: { readonly own: CalibrationValues; readonly external: CalibrationValues };
}

/** What became of a model, and what it says of the other set. */
export interface JudgedExternal {
  readonly result: ExternalResult;
  /** The scaled logits of all networks together on the other set, to be recalibrated. */
  readonly calibrated: PredictionSet;
}

/** How an external test is measured. */
export interface JudgeExternalOptions {
  /** How each network's threshold was chosen on its own images; default: the greatest Youden index. */
  readonly threshold?: ThresholdChoice;
  /** How intervals are computed; see `evaluate.evaluatePredictions`. */
  readonly evaluation?: Partial<Pick<EvaluationOptions, "replicates" | "confidence" | "seed">>;
}

/**
 * Measures a model on another set beside its own tested images. Nothing is chosen anew: each network brings the temperature and the
 * threshold that its own images gave it.
 *
 * Differences take the two sets as independent samples of patients, which they are; that the same networks stand on both sides is not
 * made use of, so that their intervals are rather too wide.
 *
 * @param own What its networks say of the study's images, as its cross-validation has it.
 * @param external What each of them says of the other set's images, with its fold and seed.
 * @throws {Problem} Where predictions do not belong together, or one set has one class only.
 */
export function judgeExternal(
  own: PredictionSet,
  external: PredictionSet,
  { threshold, evaluation = {} }: JudgeExternalOptions = {},
): JudgedExternal {
  const rule = carryOver(own, threshold);
  const there = applyCarried(external, rule);
  const here = applyToOwn(own, rule);
  const evaluations = {
    own: evaluatePredictions(here.moved, evaluation),
    each: evaluatePredictions(there.each, evaluation),
    together: evaluatePredictions(there.together, evaluation),
  };
  const differences = Object.fromEntries(
    firstMeasures.map((name) => [
      name,
      differenceOf(evaluations.each.pooled.measures[name], evaluations.own.pooled.measures[name]),
    ]),
  ) as ExternalResult["differences"];
  const { confidence } = evaluations.own;
  const calibrationIn = (set: PredictionSet) =>
    calibrationOf(mergeViews(decide(set, { kind: "fixed", at: 0.5 }).cases), confidence);
  const { model, kind } = own;
  const result: ExternalResult = {
    ...{ model, ...(kind === undefined ? {} : { kind }), networks: evaluations.each.seeds.length, origin: rule.origin },
    ...{ own: sideOf(evaluations.own), each: sideOf(evaluations.each), together: sideOf(evaluations.together) },
    differences,
    calibration: { own: calibrationIn(here.calibrated), external: calibrationIn(there.calibrated) },
  };
  return { result, calibrated: there.calibrated };
}

function sideOf({ pooled, patients }: Evaluation): ExternalSide {
  const { areaUnderCurve, accuracy, sensitivity, specificity } = pooled.measures;
  return {
    ...{ images: pooled.cases, malignant: pooled.malignant, patients: pooled.patients },
    measures: { areaUnderCurve, accuracy, sensitivity, specificity },
    areaOfPatients: patients.measures.areaUnderCurve,
  };
}

function differenceOf(there: Estimate, here: Estimate): IndependentDifference | null {
  const [first, second] = [there, here].map(({ value, low, high }) =>
    value === null || low === null || high === null
      ? null
      : { value, low: Math.min(low, value), high: Math.max(high, value) },
  );
  return first == null || second == null ? null : independentDifference(first, second);
}
