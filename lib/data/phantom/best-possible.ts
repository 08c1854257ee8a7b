import * as v from "valibot";

import { number, passed, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import type { RandomGenerator } from "../../runtime/random";
import { drawFeatures, likelihoodRatioOf } from "./features";

const bestPossibleOptions = v.strictObject({
  /** The phantoms' difficulty, 0 to 1; default: 0. */
  difficulty: v.optional(number({ from: 0, to: 1 }), 0),
  /** The share of lesions that is malignant, 0 to 1; default: 0.5. */
  malignant: v.optional(number({ from: 0, to: 1 }), 0.5),
  /** How many lesions are drawn, from 100, half of each class; default: 20,000. */
  samples: v.optional(wholeNumber({ from: 100 }), 20_000),
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** Of which phantoms the best possible accuracy is wanted. @interface */
export type BestPossibleOptions = v.InferInput<typeof bestPossibleOptions>;

/** How well phantoms can be told apart at best. Means over drawn lesions, each with its standard error. */
export interface BestPossible {
  /** The share of right decisions, 0.5 to 1. */
  readonly accuracy: number;
  readonly accuracyError: number;
  /** The area under the receiver operating characteristic curve, 0.5 to 1. It does not depend on `malignant`. */
  readonly auc: number;
  readonly aucError: number;
}

/**
 * Computes how well benign and malignant phantoms can be told apart at best: by Bayes' decision from the lesion's true
 * features, whose densities are known. An image shows nothing of the class but these features, and shows them less
 * exactly. So no network does better on images of lesions that it has not seen, other than by chance, as long as neither
 * `deviceBias` nor `marksBias` gives the class away.
 *
 * With balanced classes it is about 0.97 at difficulty 0, 0.85 at 0.5, and 0.5 at 1.
 *
 * The accuracy is the mean of the larger of the two classes' probabilities given the features. The area's standard error
 * is that of DeLong, DeLong and Clarke-Pearson, Biometrics 44:837-845, 1988.
 *
 * @throws {Problem} Where an option lies outside its range.
 */
export function bestPossibleAccuracy(options: BestPossibleOptions): BestPossible {
  const { difficulty, malignant, samples, random } = checkOptions("bestPossibleAccuracy", bestPossibleOptions, options);

  const ratioOf = likelihoodRatioOf(difficulty);
  const drawRatios = (isMalignant: boolean) => {
    const own = random.split(isMalignant ? "malignant" : "benign");
    return Float64Array.from({ length: Math.ceil(samples / 2) }, () =>
      ratioOf(drawFeatures(isMalignant, difficulty, own)),
    );
  };
  const [benign, cancer] = [drawRatios(false), drawRatios(true)];

  // Each class is drawn equally often and weighs what its share says: the mean is that of the mixture.
  const prior = Math.log(malignant / (1 - malignant));
  const [benignCertainty, cancerCertainty] = [benign, cancer].map((ratios) =>
    momentsOf(ratios.map((ratio) => 1 / (1 + Math.exp(-Math.abs(prior + ratio))))),
  ) as [Moments, Moments];
  return {
    accuracy: (1 - malignant) * benignCertainty.mean + malignant * cancerCertainty.mean,
    accuracyError: Math.hypot((1 - malignant) * benignCertainty.error, malignant * cancerCertainty.error),
    ...areaOf(benign, cancer),
  };
}

interface Moments {
  readonly mean: number;
  readonly error: number;
}

function momentsOf(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

function areaOf(benign: Float64Array, cancer: Float64Array): { auc: number; aucError: number } {
  const [low, high] = [benign.slice().sort(), cancer.slice().sort()];
  const below = momentsOf(sharesBelow(high, low));
  const above = momentsOf(sharesBelow(low, high));
  return { auc: below.mean, aucError: Math.hypot(below.error, above.error) };
}

// For each value the share of the others that are smaller, equal ones by half. Both lists ascend.
function sharesBelow(values: Float64Array, others: Float64Array): Float64Array {
  let [smaller, notLarger] = [0, 0];
  return values.map((value) => {
    while (smaller < others.length && others[smaller]! < value) smaller++;
    while (notLarger < others.length && others[notLarger]! <= value) notLarger++;
    return (smaller + notLarger) / 2 / others.length;
  });
}
