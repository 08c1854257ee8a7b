import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";
import { countDownward } from "./roc-curve";

/** A point of a precision-recall curve. */
export interface PrecisionRecallPoint {
  /** Share of the samples at or above the threshold that are of class 1. */
  readonly precision: number;
  /** Share of the samples of class 1 that are at or above the threshold: the sensitivity. */
  readonly recall: number;
  /** A sample is called class 1 where its score is at least this; Infinity at the first point, where none is. */
  readonly threshold: number;
}

/**
 * Computes the precision-recall curve, with a point for each different score, as scikit-learn's `precision_recall_curve`
 * does, in the other order.
 *
 * @param labels 0 or 1 for each sample; both must be there: without class 0 every precision is 1.
 * @param scores A score for each, finite, greater where class 1 is more likely: a probability or any other.
 * @returns The points by falling threshold. The first is recall 0 with precision 1, by convention; the last is recall 1
 *   with the share of class 1 as its precision.
 * @throws {Problem} Where there is one class only, or the lists are not such.
 */
export function precisionRecallCurve(labels: readonly number[], scores: readonly number[]): PrecisionRecallPoint[] {
  checkNumbers("scores", scores);
  checkSameLength("labels", labels.length, "scores", scores.length);
  checkTwoClasses(labels);
  const ones = labels.filter((label) => label === 1).length;
  const points = countDownward(labels, scores).map(({ threshold, truePositive, falsePositive }) => ({
    precision: truePositive / (truePositive + falsePositive),
    recall: truePositive / ones,
    threshold,
  }));
  return [{ precision: 1, recall: 0, threshold: Infinity }, ...points];
}

/**
 * Computes the average precision as scikit-learn does: the sum over thresholds of the precision times the gain in recall.
 * Nothing is put between the points of the curve, which would flatter (Davis and Goadrich, "The relationship between
 * precision-recall and ROC curves", ICML 2006). Scores that tell nothing give about the share of class 1.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param scores A score for each, finite, greater where class 1 is more likely.
 * @returns The average precision, above 0, to 1.
 * @throws {Problem} Where there is one class only, or the lists are not such.
 */
export function averagePrecision(labels: readonly number[], scores: readonly number[]): number {
  const points = precisionRecallCurve(labels, scores);
  const sum = points.reduce(
    (total, { precision, recall }, index) => total + precision * (recall - (points[index - 1]?.recall ?? 0)),
    0,
  );
  return Math.min(1, sum);
}
