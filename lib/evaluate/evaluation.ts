import * as v from "valibot";

import type { ModelKind } from "../display/model-style";
import { flag, listOf, nullable, number, passed } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom, type RandomGenerator } from "../runtime/random";
import type { ConfusionCounts } from "../statistics/confusion";
import { resamplingOptions, type BootstrapOptions } from "./bootstrap";
import { checkPredictions } from "./check-predictions";
import { byFoldAndSeed, decide, describeThreshold, thresholdOption, type Decided, type FoldThreshold } from "./decide";
import { estimateMeasures, type Estimate } from "./estimate";
import { countDecisions, type MeasureName } from "./measures";
import { mergeViews } from "./merge-views";
import { measureOperatingPoints, type OperatingPoint } from "./operating-points";
import { outOfFold } from "./out-of-fold";
import { patientOf, type PredictionSet } from "./predictions";
import { scaleTemperature, type FoldTemperature } from "./scale-temperature";
import { spreadOf, type MeasureSpread } from "./spread";

const evaluationOptions = v.strictObject({
  /** How the threshold of each fold and seed is chosen; default: 0.5, fixed beforehand. */
  threshold: thresholdOption,
  /** Whether logits are also scaled by a temperature fitted to each validation part; default: false. */
  temperature: v.optional(flag(), false),
  /** The specificities, and the sensitivities, held at the operating points, between 0 and 1; default: 0.9, 0.95 and 0.98. */
  operatingPoints: v.optional(listOf(number({ above: 0, below: 1 }), { least: 1, different: true }), [0.9, 0.95, 0.98]),
  ...resamplingOptions,
  /** The images that must each be tested for each seed, by id; default: null, whichever there are. */
  expected: v.optional(nullable(passed<readonly string[]>("a list of ids", Array.isArray)), null),
});

/** How predictions are evaluated. @interface */
export type EvaluationOptions = v.InferOutput<typeof evaluationOptions>;

/** What is measured: one fold with one seed, all folds with one seed, all images, or all patients. */
export type ScopeKind = "fold" | "seed" | "pooled" | "patients";

/** What was measured of some of the predictions. */
export interface ScopeEvaluation {
  /** Of which: `pooled` and `patients` hold all folds, and are means over seeds. */
  readonly scope: ScopeKind;
  /** The fold; null where all count. */
  readonly fold: string | null;
  /** The seed; null where all count. */
  readonly seed: number | null;
  /** Tested cases of one seed: images, or patients where they count as one case each. */
  readonly cases: number;
  readonly malignant: number;
  readonly patients: number;
  /** Right and wrong decisions of each seed, in the order of the seeds. */
  readonly counts: readonly { readonly seed: number; readonly counts: ConfusionCounts }[];
  readonly measures: Readonly<Record<MeasureName, Estimate>>;
}

/** What scaling by a temperature changes: the calibration of all images, pooled over folds. */
export interface TemperatureEvaluation {
  readonly temperatures: readonly FoldTemperature[];
  /** As the model gave them. */
  readonly before: Readonly<Pick<Record<MeasureName, Estimate>, CalibrationMeasure>>;
  /** With the temperatures applied. */
  readonly after: Readonly<Pick<Record<MeasureName, Estimate>, CalibrationMeasure>>;
}

/** What scaling by a temperature can mend. */
export type CalibrationMeasure = "brierScore" | "expectedCalibrationError" | "logLoss";

/** All that is measured of one model's predictions. Plain data, to be kept as JSON. */
export interface Evaluation {
  readonly model: string;
  /** Where it comes from, as its predictions say; left out where they do not. */
  readonly kind?: ModelKind;
  readonly thresholdRule: string;
  readonly thresholds: readonly FoldThreshold[];
  readonly confidence: number;
  readonly replicates: number;
  /** The seed of the resampling, by which figures draw their bands too. */
  readonly resamplingSeed: number;
  /** Each fold with each seed. */
  readonly folds: readonly ScopeEvaluation[];
  /** Each seed, its folds pooled. */
  readonly seeds: readonly ScopeEvaluation[];
  /** All images: the folds pooled, and the mean over seeds. */
  readonly pooled: ScopeEvaluation;
  /** All patients: the mean of a patient's views, malignant where any is. */
  readonly patients: ScopeEvaluation;
  /** How far measures differ between folds, and between seeds. */
  readonly spread: Readonly<Record<MeasureName, MeasureSpread>>;
  /** Sensitivity at a fixed specificity, and the reverse. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** What temperatures change; null where this was not asked for. */
  readonly temperature: TemperatureEvaluation | null;
  /** What is odd about the predictions, to be shown beside the results. */
  readonly notices: readonly string[];
  /** The tested images with the decisions on them, of which figures are drawn and tables can be traced to. */
  readonly cases: readonly Decided[];
}

/**
 * Fills the options of an evaluation with their defaults.
 *
 * @throws {Problem} Where a key is unknown.
 */
export function fillOptions(options: Partial<EvaluationOptions>): EvaluationOptions {
  return checkOptions("evaluatePredictions", evaluationOptions, options);
}

/**
 * Evaluates a model from its predictions alone. Intervals are of the patients that might have been tested; how far folds and
 * seeds differ is told beside them.
 *
 * @param set The predictions of the test parts and, where thresholds or temperatures are chosen, of the validation parts.
 * @returns What was measured. What is not defined is null, with the reason; never a silent 0.
 * @throws {Problem} Where the predictions are not fit to be evaluated (see `checkPredictions`), a threshold or a
 *   temperature cannot be chosen, or an option cannot be such.
 */
export function evaluatePredictions(set: PredictionSet, options: Partial<EvaluationOptions> = {}): Evaluation {
  const settings = fillOptions(options);
  const notices = checkPredictions(set, { expected: settings.expected });
  const { cases, thresholds } = decide(set, settings.threshold);
  const random = createRandom(settings.seed);
  const { replicates, confidence } = settings;
  const resample = (own: RandomGenerator): BootstrapOptions => ({ replicates, confidence, random: own });
  const measure = (scope: ScopeKind, own: readonly Decided[], fold: string | null, seed: number | null) =>
    evaluateScope(
      scope,
      own,
      fold,
      seed,
      resample(
        random
          .split(scope)
          .split(fold ?? "")
          .split(seed ?? ""),
      ),
    );

  const folds = [...byFoldAndSeed(cases).values()].map((own) => measure("fold", own, own[0]!.fold, own[0]!.seed));
  const names = [...new Set(cases.map(({ seed }) => seed))].sort((a, b) => a - b);
  const seeds = names.map((seed) =>
    measure(
      "seed",
      cases.filter((one) => one.seed === seed),
      null,
      seed,
    ),
  );
  const pooled = measure("pooled", cases, null, null);
  return {
    model: set.model,
    ...(set.kind === undefined ? {} : { kind: set.kind }),
    thresholdRule: describeThreshold(settings.threshold, set.heldBack),
    thresholds,
    confidence,
    replicates,
    resamplingSeed: settings.seed,
    folds,
    seeds,
    pooled,
    patients: measure("patients", mergeViews(cases), null, null),
    spread: spreadOf(folds, seeds),
    operatingPoints: settings.operatingPoints.flatMap((at) =>
      measureOperatingPoints(set, resample(random.split("operating points")), at),
    ),
    temperature: settings.temperature ? evaluateTemperature(set, pooled, resample(random.split("pooled"))) : null,
    notices,
    cases,
  };
}

function evaluateScope(
  scope: ScopeKind,
  cases: readonly Decided[],
  fold: string | null,
  seed: number | null,
  resampling: BootstrapOptions,
): ScopeEvaluation {
  const seeds = [...new Set(cases.map((one) => one.seed))].sort((a, b) => a - b);
  const first = cases.filter((one) => one.seed === seeds[0]);
  return {
    scope,
    fold,
    seed,
    cases: first.length,
    malignant: first.filter(({ label }) => label === 1).length,
    patients: new Set(cases.map(patientOf)).size,
    counts: seeds.map((name) => ({ seed: name, counts: countDecisions(cases.filter((one) => one.seed === name)) })),
    measures: estimateMeasures(cases, resampling),
  };
}

function evaluateTemperature(
  set: PredictionSet,
  pooled: ScopeEvaluation,
  resampling: BootstrapOptions,
): TemperatureEvaluation {
  // Where nothing was held back, the other folds stand in for the validation part.
  const scaled = scaleTemperature(set.rows.some(({ part }) => part === "validation") ? set : (outOfFold(set) ?? set));
  const pick = ({ brierScore, expectedCalibrationError, logLoss }: Readonly<Record<MeasureName, Estimate>>) => ({
    brierScore,
    expectedCalibrationError,
    logLoss,
  });
  const { cases } = decide(scaled.set, { kind: "fixed", at: 0.5 });
  return {
    temperatures: scaled.temperatures,
    before: pick(pooled.measures),
    after: pick(estimateMeasures(cases, resampling)),
  };
}
