import { calibrationBins, measureTotals } from "./measures";
import type { Sample } from "./sample";

/** Cases of each fold so far: malignant, benign, and those of the present tie; and the precisions at malignant ones, summed. */
const folds = {
  positives: [] as number[],
  negatives: [] as number[],
  ones: [] as number[],
  zeros: [] as number[],
  precisions: [] as number[],
};
const shares = new Float64Array(calibrationBins);
const sums = new Float64Array(calibrationBins);

/**
 * Measures all of `measureNames`, in their order, in one pass over a sample whose patients count several times or not at
 * all. With every patient once it gives what `measureCases` gives; it is there because thousands of replicates are measured.
 *
 * @param sample The cases, in falling order of probability.
 * @param weights How often each patient counts: `[patients]`.
 * @param values Where the measures are written: `[measures]`; NaN where one is not defined.
 */
export function weightedMeasures(sample: Sample, weights: Uint16Array, values: Float64Array): void {
  const { patient, fold, label, probability, decision, bin: bins } = sample;
  for (const counts of Object.values(folds)) counts.fill(0);
  let truePositives = 0;
  let falsePositives = 0;
  let positives = 0;
  let negatives = 0;
  let brier = 0;
  let loss = 0;
  shares.fill(0);
  sums.fill(0);
  // The areas are summed tie by tie: cases of equal probability cannot be told apart by any threshold.
  let pairs = 0;
  let index = 0;
  while (index < label.length) {
    const shared = probability[index]!;
    const start = index;
    let onesHere = 0;
    let zerosHere = 0;
    for (; index < label.length && probability[index] === shared; index++) {
      const weight = weights[patient[index]!]!;
      const ones = weight * label[index]!;
      onesHere += ones;
      zerosHere += weight - ones;
      const own = fold[index]!;
      folds.ones[own] = (folds.ones[own] ?? 0) + ones;
      folds.zeros[own] = (folds.zeros[own] ?? 0) + (weight - ones);
      truePositives += ones * decision[index]!;
      falsePositives += (weight - ones) * decision[index]!;
    }
    if (onesHere + zerosHere === 0) continue;
    // Only cases that one network has scored are compared: scales differ from fold to fold. A fold counts at its first case here.
    for (let at = start; at < index; at++) {
      const own = fold[at]!;
      const [ones, zeros] = [folds.ones[own] ?? 0, folds.zeros[own] ?? 0];
      if (ones + zeros === 0) continue;
      pairs += zeros * ((folds.positives[own] ?? 0) + ones / 2);
      folds.positives[own] = (folds.positives[own] ?? 0) + ones;
      folds.negatives[own] = (folds.negatives[own] ?? 0) + zeros;
      folds.ones[own] = folds.zeros[own] = 0;
      const [found, alarms] = [folds.positives[own] ?? 0, folds.negatives[own] ?? 0];
      folds.precisions[own] = (folds.precisions[own] ?? 0) + (ones * found) / (found + alarms);
    }
    positives += onesHere;
    negatives += zerosHere;
    brier += onesHere * (1 - shared) ** 2 + zerosHere * shared ** 2;
    if (onesHere > 0) loss -= onesHere * Math.log(clip(shared));
    if (zerosHere > 0) loss -= zerosHere * Math.log1p(-clip(shared));
    const bin = bins[index - 1]!;
    shares[bin]! += onesHere;
    sums[bin]! += (onesHere + zerosHere) * shared;
  }
  const comparable = folds.positives.reduce((sum, ones, own) => sum + ones * (folds.negatives[own] ?? 0), 0);
  const both = (own: number) => (folds.positives[own] ?? 0) > 0 && (folds.negatives[own] ?? 0) > 0;
  const sumWhere = (list: readonly number[]) => list.reduce((sum, value, own) => sum + (both(own) ? value : 0), 0);
  const [precisions, ranked] = [sumWhere(folds.precisions), sumWhere(folds.positives)];
  const calibrationGap = shares.reduce((sum, ones, bin) => sum + Math.abs(ones - sums[bin]!), 0);
  measureTotals(
    {
      ...{ truePositives, falsePositives, positives, negatives, pairs, comparable },
      ...{ precisions, ranked, brier, loss, calibrationGap },
    },
    values,
  );
}

// As in the statistics room, a sure mistake costs 36 and not infinitely much.
const clip = (probability: number) => Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability));
