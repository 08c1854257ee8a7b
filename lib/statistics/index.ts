/**
 * Statistics: numbers in, numbers out. What describes a list, how well scores tell two classes apart, and the simple model
 * that any network has to beat.
 *
 * @module
 */
export { areaUnderCurve, ranksOf } from "./area-under-curve";
export { crossValidate } from "./cross-validate";
export type { CrossValidation, CrossValidationOptions, FoldScore, FoldSummary, Predictor } from "./cross-validate";
export { fitLogisticRegression } from "./logistic-regression";
export type { LogisticRegression, LogisticRegressionOptions } from "./logistic-regression";
export { normalQuantile } from "./normal-quantile";
export type { Standardisation } from "./standardise";
export { mean, median, pearsonCorrelation, quantile, standardDeviation, wilsonInterval } from "./summary";
export type { Interval } from "./summary";
