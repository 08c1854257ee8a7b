/**
 * The one door to the test part: predictions of each image, and every number that follows from them, in tables and figures,
 * with how sure it is; and the simple baselines that any network has to beat.
 *
 * @module
 */
export { checkPredictions } from "./check-predictions";
export type { CheckPredictionsOptions } from "./check-predictions";
export { describeThreshold } from "./decide";
export type { Decided, FoldThreshold, ThresholdChoice } from "./decide";
export type { Estimate, NamedInterval } from "./estimate";
export { evaluatePredictions } from "./evaluation";
export { evaluateOnce, readEvaluation } from "./evaluation-file";
export { foldRows } from "./fold-rows";
export { hashPredictions } from "./hash-predictions";
export type {
  CalibrationMeasure,
  Evaluation,
  EvaluationOptions,
  ScopeEvaluation,
  ScopeKind,
  TemperatureEvaluation,
} from "./evaluation";
export {
  evaluationTable,
  formatEstimate,
  operatingPointTable,
  spreadTable,
  writeEvaluations,
} from "./evaluation-table";
export type { EvaluationTableOptions } from "./evaluation-table";
export { measureNames, measureTitles } from "./measures";
export type { MeasureName } from "./measures";
export { mergeViews } from "./merge-views";
export type { OperatingPoint } from "./operating-points";
export { patientOf } from "./predictions";
export type { Prediction, PredictionSet } from "./predictions";
export { readPredictions, writePredictions } from "./prediction-file";
export { scaleTemperature } from "./scale-temperature";
export type { FoldTemperature, ScaledPredictions } from "./scale-temperature";
export type { MeasureSpread, Spread } from "./spread";
export { evaluateSubgroups, subgroupTable } from "./subgroups";
export type { SubgroupEvaluation, SubgroupMeasure, SubgroupOptions } from "./subgroups";

export type { BaselineImages } from "./baselines/baseline";
export { boxGeometryBaseline } from "./baselines/box-geometry";
export { majorityBaseline } from "./baselines/majority";
export { simpleFeaturesBaseline } from "./baselines/simple-features";

export { drawCalibration } from "./figures/draw-calibration";
export type { OneSeed } from "./figures/draw-calibration";
export { drawConfusion } from "./figures/draw-confusion";
export { drawDecisionCurve } from "./figures/draw-decision-curve";
export { drawPrecisionRecall } from "./figures/draw-precision-recall";
export { drawRoc } from "./figures/draw-roc";
export { drawSpread } from "./figures/draw-spread";
export { drawThreshold } from "./figures/draw-threshold";
