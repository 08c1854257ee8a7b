import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";

/** A point of a ROC curve. */
export interface RocPoint {
  /** Share of the samples of class 0 whose score is at least the threshold: 1 - specificity. */
  readonly falsePositiveRate: number;
  /** Share of the samples of class 1 whose score is at least the threshold: the sensitivity. */
  readonly truePositiveRate: number;
  /** A sample is called class 1 where its score is at least this; Infinity at the first point, where none is. */
  readonly threshold: number;
}

/** How many samples are called class 1 at a threshold. */
export interface CalledAt {
  readonly threshold: number;
  /** Samples of class 1 at or above it. */
  readonly truePositive: number;
  /** Samples of class 0 at or above it. */
  readonly falsePositive: number;
}

/**
 * Counts what is called class 1 at each threshold that makes a difference.
 *
 * @param labels 0 or 1 for each sample.
 * @param scores A score for each, greater where class 1 is more likely.
 * @returns The counts at each different score, from the greatest to the least.
 */
export function countDownward(labels: readonly number[], scores: readonly number[]): CalledAt[] {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const counts: CalledAt[] = [];
  let [truePositive, falsePositive] = [0, 0];
  order.forEach((row, place) => {
    if (labels[row] === 1) truePositive++;
    else falsePositive++;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[row]) return;
    counts.push({ threshold: scores[row]!, truePositive, falsePositive });
  });
  return counts;
}

/**
 * Computes the ROC curve, with a point for each different score: what scikit-learn's `roc_curve` gives with
 * `drop_intermediate=False`. Lines between the points have {@link areaUnderCurve} under them.
 *
 * @param labels 0 or 1 for each sample; both must be there.
 * @param scores A score for each, finite, greater where class 1 is more likely: a probability or any other.
 * @returns The points from (0, 0) to (1, 1), by falling threshold.
 * @throws {Problem} Where there is one class only, or the lists are not such.
 */
export function rocCurve(labels: readonly number[], scores: readonly number[]): RocPoint[] {
  checkNumbers("scores", scores);
  checkSameLength("labels", labels.length, "scores", scores.length);
  checkTwoClasses(labels);
  const ones = labels.filter((label) => label === 1).length;
  const points = countDownward(labels, scores).map(({ threshold, truePositive, falsePositive }) => ({
    falsePositiveRate: falsePositive / (labels.length - ones),
    truePositiveRate: truePositive / ones,
    threshold,
  }));
  return [{ falsePositiveRate: 0, truePositiveRate: 0, threshold: Infinity }, ...points];
}
