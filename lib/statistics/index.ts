/**
 * Statistics: numbers in, numbers out. What describes a list, how well scores tell two classes apart and how sure that is, how
 * two models compare, and the simple model that any network has to beat.
 *
 * @module
 */
export { areaUnderCurve, ranksOf } from "./area-under-curve";
export { bootstrapByGroup } from "./bootstrap-by-group";
export type { BootstrapInterval, BootstrapOptions, RowStatistic } from "./bootstrap-by-group";
export { calibration } from "./calibration";
export type { Calibration, CalibrationBin, CalibrationOptions } from "./calibration";
export { chooseThreshold } from "./choose-threshold";
export type { ChosenThreshold, ThresholdRule } from "./choose-threshold";
export { confusionCounts, measuresOf } from "./confusion";
export type { ConfusionCounts, ConfusionMeasures } from "./confusion";
export { correctedResampledTTest } from "./corrected-resampled-t-test";
export type { CorrectedResampledTTest, ResampledDifferences } from "./corrected-resampled-t-test";
export { crossValidate } from "./cross-validate";
export type { CrossValidation, CrossValidationOptions, FoldScore, FoldSummary, Predictor } from "./cross-validate";
export { compareDelong, delongInterval } from "./delong";
export type { DelongComparison, DelongInterval } from "./delong";
export { pairedEffectSize, pairedProportionDifference } from "./effect-size";
export type { PairedCounts, PairedDifference, PairedEffectSize } from "./effect-size";
export { applyTemperature, fitTemperature, temperatureBounds } from "./fit-temperature";
export type { FittedTemperature } from "./fit-temperature";
export { holm } from "./holm";
export { kendallTau } from "./kendall-tau";
export { fitLogisticRegression } from "./logistic-regression";
export type { LogisticRegression, LogisticRegressionOptions } from "./logistic-regression";
export { mcnemarExact } from "./mcnemar-exact";
export type { McnemarExact, OddsRatio } from "./mcnemar-exact";
export type { Measure } from "./measure";
export { normalQuantile } from "./normal-quantile";
export { averagePrecision, precisionRecallCurve } from "./precision-recall-curve";
export type { PrecisionRecallPoint } from "./precision-recall-curve";
export { rankCorrelation } from "./rank-correlation";
export type { CorrelationWithInterval, RankCorrelation, RankCorrelationOptions } from "./rank-correlation";
export { resampleGroups } from "./resample-groups";
export type { ResampleOptions } from "./resample-groups";
export { rocCurve } from "./roc-curve";
export type { RocPoint } from "./roc-curve";
export { areaUnderCurveOfRows, averagePrecisionOfRows, confusionMeasureOfRows, meanOfRows } from "./row-statistics";
export { brierScore, logLoss } from "./scoring-rules";
export { spearmanCorrelation } from "./spearman-correlation";
export type { CorrelationTest } from "./spearman-correlation";
export type { Standardisation } from "./standardise";
export { mean, median, pearsonCorrelation, quantile, standardDeviation, wilsonInterval } from "./summary";
export type { Interval } from "./summary";
