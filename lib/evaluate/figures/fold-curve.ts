import type { WeightedStatistic } from "../bootstrap";
import type { Sample } from "../sample";

/** The cases of each fold of a sample, in the sample's order. */
const divided = new WeakMap<Sample, readonly Sample[]>();

/**
 * Makes a curve of all folds from one of a single fold: the mean over folds at each point of the grid. Networks of different folds have
 * scales of their own, and no case of one is held against a case of another.
 *
 * @param statistic Measures the curve of the cases that it is given; NaN where it is not defined.
 * @param weightOf How much a fold counts, by its malignant and benign cases; folds of one class count for nothing.
 * @returns The same for all folds; NaN where no fold has both classes.
 */
export function overFolds(
  statistic: WeightedStatistic,
  weightOf: (malignant: number, benign: number) => number,
): WeightedStatistic {
  return (sample, weights, values) => {
    const sums = new Float64Array(values.length);
    let total = 0;
    for (const fold of foldsOf(sample)) {
      const counts = [0, 0];
      fold.label.forEach((one, index) => (counts[one]! += weights[fold.patient[index]!]!));
      const [benign, malignant] = counts as [number, number];
      if (malignant === 0 || benign === 0) continue;
      const weight = weightOf(malignant, benign);
      statistic(fold, weights, values);
      values.forEach((value, place) => (sums[place]! += weight * value));
      total += weight;
    }
    sums.forEach((sum, place) => (values[place] = sum / total));
  };
}

function foldsOf(sample: Sample): readonly Sample[] {
  const known = divided.get(sample);
  if (known !== undefined) return known;
  const numbers = [...new Set(sample.fold)].sort((a, b) => a - b);
  const folds = numbers.map((number): Sample => {
    const own = [...sample.fold.keys()].filter((index) => sample.fold[index] === number);
    return {
      seed: sample.seed,
      patient: Int32Array.from(own, (index) => sample.patient[index]!),
      fold: Uint16Array.from(own, () => number),
      label: Uint8Array.from(own, (index) => sample.label[index]!),
      probability: Float64Array.from(own, (index) => sample.probability[index]!),
      bin: Uint8Array.from(own, (index) => sample.bin[index]!),
      decision: Uint8Array.from(own, (index) => sample.decision[index]!),
    };
  });
  divided.set(sample, folds);
  return folds;
}
