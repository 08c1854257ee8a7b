import type { RowStatistic } from "./bootstrap-by-group";
import { checkLabels, checkNumbers, checkSameLength } from "./check-numbers";
import { measuresOf, type ConfusionMeasures } from "./confusion";

// Statistics of a choice of rows, made for a bootstrap's thousands of choices: what does not depend on the choice is computed
// once, and nothing is sorted again.

/**
 * Prepares a measure of how rows are called.
 *
 * @param labels 0 or 1 for each row.
 * @param called 0 or 1 for each row: what it is called; each row may have its own threshold.
 * @returns The measure over a choice of rows; null where it is not defined.
 * @throws {Problem} Where a list holds anything but 0 and 1, or the lists differ in length.
 */
export function confusionMeasureOfRows(
  labels: readonly number[],
  called: readonly number[],
  name: keyof ConfusionMeasures,
): RowStatistic {
  checkLabels(labels);
  checkLabels(called);
  checkSameLength("labels", labels.length, "calls", called.length);
  const cells = Uint8Array.from(labels, (label, row) => 2 * label + called[row]!);
  return (rows) => {
    const counts = new Float64Array(4);
    for (const row of rows) counts[cells[row]!]!++;
    const [trueNegative, falsePositive, falseNegative, truePositive] = counts as unknown as [
      number,
      number,
      number,
      number,
    ];
    return measuresOf({ truePositive, falsePositive, trueNegative, falseNegative })[name].value;
  };
}

/**
 * Prepares {@link areaUnderCurve}.
 *
 * @param labels 0 or 1 for each row.
 * @param scores A score for each row, finite, greater where class 1 is more likely.
 * @returns The area over a choice of rows; null where one class is not among them.
 * @throws {Problem} Where the lists are not such.
 */
export function areaUnderCurveOfRows(labels: readonly number[], scores: readonly number[]): RowStatistic {
  const count = prepareCounts(labels, scores);
  return (rows) => {
    const { ones, zeros, totalOnes, totalZeros } = count(rows);
    if (totalOnes === 0 || totalZeros === 0) return null;
    let [below, right] = [0, 0];
    for (let level = 0; level < ones.length; level++) {
      right += ones[level]! * (below + zeros[level]! / 2);
      below += zeros[level]!;
    }
    return right / (totalOnes * totalZeros);
  };
}

/** How many of the chosen rows there are of each class, at each different score, from the least. */
interface LevelCounts {
  readonly ones: Float64Array;
  readonly zeros: Float64Array;
  readonly totalOnes: number;
  readonly totalZeros: number;
}

function prepareCounts(labels: readonly number[], scores: readonly number[]): (rows: readonly number[]) => LevelCounts {
  checkNumbers("scores", scores);
  checkSameLength("labels", labels.length, "scores", scores.length);
  checkLabels(labels);
  const different = [...new Set(scores)].sort((a, b) => a - b);
  const levels = new Map(different.map((score, level) => [score, level]));
  const levelOf = Int32Array.from(scores, (score) => levels.get(score)!);
  const classes = Uint8Array.from(labels);
  const [ones, zeros] = [new Float64Array(different.length), new Float64Array(different.length)];
  return (rows) => {
    ones.fill(0);
    zeros.fill(0);
    let totalOnes = 0;
    for (const row of rows) {
      if (classes[row] === 1) {
        ones[levelOf[row]!]!++;
        totalOnes++;
      } else zeros[levelOf[row]!]!++;
    }
    return { ones, zeros, totalOnes, totalZeros: rows.length - totalOnes };
  };
}
