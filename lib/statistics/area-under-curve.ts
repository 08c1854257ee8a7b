import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";

/**
 * Computes the area under the ROC curve: how often a sample of class 1 has a higher score than one of class 0, ties counted
 * half. It is the Mann-Whitney statistic, computed from ranks (Hanley and McNeil, "The meaning and use of the area under a
 * receiver operating characteristic (ROC) curve", Radiology 143:29-36, 1982).
 *
 * @param scores A score for each sample, finite, greater where class 1 is more likely: a probability or any other.
 * @param labels 0 or 1 for each sample; both must be there.
 * @returns The area, 0 to 1; 0.5 for scores that tell nothing.
 * @throws {Problem} Where there is one class only, for which the area is not defined, or the lists are not such.
 */
export function areaUnderCurve(scores: readonly number[], labels: readonly number[]): number {
  checkNumbers("scores", scores);
  checkSameLength("labels", labels.length, "scores", scores.length);
  checkTwoClasses(labels);
  const ranks = ranksOf(scores);
  const ones = labels.filter((label) => label === 1).length;
  const rankSum = ranks.reduce((sum, rank, index) => sum + (labels[index] === 1 ? rank : 0), 0);
  return (rankSum - (ones * (ones + 1)) / 2) / (ones * (labels.length - ones));
}

/**
 * Ranks numbers from the least to the greatest; equal ones share the mean of their ranks.
 *
 * @param values Numbers, none of them NaN.
 * @returns The rank of each, from 1, in the order of the values.
 * @throws {Problem} Where one is NaN.
 */
export function ranksOf(values: readonly number[]): number[] {
  if (values.some((value) => Number.isNaN(value))) {
    throw new Problem("A NaN stands among the numbers to be ranked.", "Leave out what could not be measured.");
  }
  const order = values.map((_, index) => index).sort((a, b) => compare(values[a]!, values[b]!));
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let place = start; place < end; place++) ranks[order[place]!] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

// Not by difference, which is NaN for two infinities.
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
