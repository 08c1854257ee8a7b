import * as v from "valibot";

import { number, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { checkLabels, checkProbabilities, checkSameLength } from "./check-numbers";
import { mean, wilsonInterval } from "./summary";

const calibrationOptions = v.strictObject({
  /** How many bins of equal width, at least 1; default: 10. */
  bins: v.optional(wholeNumber({ from: 1 }), 10),
  /** How often the bins' intervals hold the true share, between 0 and 1; default: 0.95. */
  confidence: v.optional(number({ above: 0, below: 1 }), 0.95),
});

/** How probabilities are put into bins. @interface */
export type CalibrationOptions = v.InferInput<typeof calibrationOptions>;

/** One bin of probabilities. */
export interface CalibrationBin {
  /** Where the bin begins. The bin holds probabilities above this; the first bin holds this too. */
  readonly from: number;
  /** Where the bin ends; it holds this. */
  readonly to: number;
  readonly meanProbability: number;
  /** The share of samples of class 1 in the bin. */
  readonly share: number;
  /** How many samples the bin holds, from 1. */
  readonly count: number;
  /** The lower end of Wilson's interval of the share. */
  readonly low: number;
  readonly high: number;
}

/** How far probabilities can be taken at their word. */
export interface Calibration {
  /** The bins that hold samples, by probability. Empty ones are left out. */
  readonly bins: readonly CalibrationBin[];
  /** The expected calibration error: |share - meanProbability|, averaged over samples; 0 to 1. */
  readonly expectedError: number;
}

/**
 * Compares probabilities with how often what they are given to happens. The bins are those of scikit-learn's
 * `calibration_curve`, the errors those of Naeini et al. ("Obtaining well calibrated probabilities using Bayesian binning",
 * AAAI 2015), for the probability of class 1 and not for the confidence in whichever class was called. The errors depend on
 * the bins: compare them with equal ones only.
 *
 * @param labels 0 or 1 for each sample; one class may be absent.
 * @param probabilities The probability of class 1 of each, 0 to 1.
 * @throws {Problem} Where the lists or the options are not such.
 */
export function calibration(
  labels: readonly number[],
  probabilities: readonly number[],
  options: CalibrationOptions = {},
): Calibration {
  const { bins, confidence } = checkOptions("calibration", calibrationOptions, options);
  checkProbabilities("probabilities", probabilities);
  checkSameLength("labels", labels.length, "probabilities", probabilities.length);
  checkLabels(labels);
  const ends = Array.from({ length: bins + 1 }, (_, index) => index / bins);
  const filled = fill(labels, probabilities, ends, confidence);
  const total = filled.reduce(
    (sum, { count, meanProbability, share }) => sum + count * Math.abs(share - meanProbability),
    0,
  );
  return { bins: filled, expectedError: total / labels.length };
}

function fill(
  labels: readonly number[],
  probabilities: readonly number[],
  ends: readonly number[],
  confidence: number,
): CalibrationBin[] {
  const inner = ends.slice(1, -1);
  const rows: number[][] = Array.from({ length: ends.length - 1 }, () => []);
  probabilities.forEach((probability, row) => {
    const bin = inner.findIndex((end) => probability <= end);
    rows[bin < 0 ? inner.length : bin]!.push(row);
  });
  return rows.flatMap((own, bin) => {
    if (own.length === 0) return [];
    const ones = own.filter((row) => labels[row] === 1).length;
    return {
      from: ends[bin]!,
      to: ends[bin + 1]!,
      meanProbability: mean(own.map((row) => probabilities[row]!)),
      share: ones / own.length,
      count: own.length,
      ...wilsonInterval(ones, own.length, confidence),
    };
  });
}
