import { Problem } from "../runtime/problem";
import { checkCounts, checkLabels, checkProbabilities, checkSameLength } from "./check-numbers";
import { shareOf, type Measure } from "./measure";

/** How many samples of each class were called what. Class 1, malignant, is the positive one. */
export interface ConfusionCounts {
  /** Malignant, called malignant. */
  readonly truePositive: number;
  /** Benign, called malignant. */
  readonly falsePositive: number;
  /** Benign, called benign. */
  readonly trueNegative: number;
  /** Malignant, called benign. */
  readonly falseNegative: number;
}

/** What is computed from the four counts; each is not defined where its denominator is 0. */
export interface ConfusionMeasures {
  /** Share of all samples that were called right. */
  readonly accuracy: Measure;
  /** Mean of sensitivity and specificity: what guessing cannot bring above 0.5. */
  readonly balancedAccuracy: Measure;
  /** Share of the malignant that were called malignant: the true-positive rate, recall. */
  readonly sensitivity: Measure;
  /** Share of the benign that were called benign: the true-negative rate. */
  readonly specificity: Measure;
  /** Share of those called malignant that are malignant: the positive predictive value. */
  readonly precision: Measure;
  /** Share of those called benign that are benign. */
  readonly negativePredictiveValue: Measure;
  /** Harmonic mean of precision and sensitivity: 2 TP / (2 TP + FP + FN). */
  readonly f1: Measure;
  /** Matthews' correlation coefficient, -1 to 1 (Matthews, Biochimica et Biophysica Acta 405:442-451, 1975). */
  readonly mcc: Measure;
}

/**
 * Counts how samples were called at a threshold.
 *
 * @param labels 0 or 1 for each sample; one class may be absent.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @param threshold A sample is called malignant where its probability is at least this. Above 1, or Infinity, none is.
 * @throws {Problem} Where the lists are not such, or the threshold is NaN.
 */
export function confusionCounts(
  labels: readonly number[],
  probabilities: readonly number[],
  threshold: number,
): ConfusionCounts {
  checkProbabilities("probabilities", probabilities);
  checkSameLength("labels", labels.length, "probabilities", probabilities.length);
  checkLabels(labels);
  if (Number.isNaN(threshold)) {
    throw new Problem("The threshold is NaN, expected a number.", "Give 0.5, or what chooseThreshold gave.");
  }
  const count = (label: number, called: boolean) =>
    labels.filter((own, index) => own === label && probabilities[index]! >= threshold === called).length;
  return {
    truePositive: count(1, true),
    falsePositive: count(0, true),
    trueNegative: count(0, false),
    falseNegative: count(1, false),
  };
}

/**
 * Computes the usual measures from counts. scikit-learn gives 0 for F1, precision and Matthews' coefficient where they are
 * not defined; here they are null, with the reason.
 *
 * @throws {Problem} Where a count is not a whole number from 0.
 */
export function measuresOf(counts: ConfusionCounts): ConfusionMeasures {
  const { truePositive, falsePositive, trueNegative, falseNegative } = counts;
  checkCounts({ truePositive, falsePositive, trueNegative, falseNegative });
  const [malignant, benign] = [truePositive + falseNegative, trueNegative + falsePositive];
  const [calledMalignant, calledBenign] = [truePositive + falsePositive, trueNegative + falseNegative];
  const noMalignant = "There is no malignant sample.";
  const noBenign = "There is no benign sample.";
  const noneCalledMalignant = "No sample was called malignant.";
  const noneCalledBenign = "No sample was called benign.";

  const sensitivity = shareOf(truePositive, malignant, noMalignant);
  const specificity = shareOf(trueNegative, benign, noBenign);
  const halves = [sensitivity, specificity];
  const missing = halves.find(({ value }) => value === null);
  // Two roots, as the product of the four sums can pass what a double holds exactly.
  const scale = Math.sqrt(malignant * calledMalignant) * Math.sqrt(benign * calledBenign);
  return {
    accuracy: shareOf(truePositive + trueNegative, malignant + benign, "There are no samples."),
    balancedAccuracy: missing ?? { value: (sensitivity.value! + specificity.value!) / 2, reason: null },
    sensitivity,
    specificity,
    precision: shareOf(truePositive, calledMalignant, noneCalledMalignant),
    negativePredictiveValue: shareOf(trueNegative, calledBenign, noneCalledBenign),
    f1: shareOf(
      2 * truePositive,
      2 * truePositive + falsePositive + falseNegative,
      "No sample is malignant, and none was called so.",
    ),
    mcc: shareOf(
      truePositive * trueNegative - falsePositive * falseNegative,
      scale,
      malignant === 0
        ? noMalignant
        : benign === 0
          ? noBenign
          : calledMalignant === 0
            ? noneCalledMalignant
            : noneCalledBenign,
    ),
  };
}
