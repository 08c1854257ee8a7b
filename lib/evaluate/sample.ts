import type { Decided } from "./decide";
import { calibrationBins } from "./measures";
import { patientOf } from "./predictions";

/**
 * The cases of one seed, in falling order of probability, so that everything that is measured of them can be measured in one
 * pass, also where patients count several times or not at all.
 */
export interface Sample {
  readonly seed: number;
  /** The number of each case's patient, as listed in {@link Samples.patients}. */
  readonly patient: Int32Array;
  /** The number of each case's fold, from 0, as listed in {@link Samples.folds}. */
  readonly fold: Uint16Array;
  /** The class of each case, 0 or 1. */
  readonly label: Uint8Array;
  /** The probability of each case, falling. */
  readonly probability: Float64Array;
  /** The bin of each case's probability, from 0, of those in which calibration is measured. */
  readonly bin: Uint8Array;
  /** What was decided on each case, 0 or 1. */
  readonly decision: Uint8Array;
}

/** The cases of all seeds, over the same patients. */
export interface Samples {
  readonly patients: readonly string[];
  /** The folds in which cases are tested. */
  readonly folds: readonly string[];
  /** Who is tested where: the number of the patient and of the fold, once each. */
  readonly places: readonly (readonly [patient: number, fold: number])[];
  /** The cases, one list a seed, in the seeds' order. */
  readonly samples: readonly Sample[];
}

/**
 * Sorts cases into samples.
 *
 * @returns One sample for each seed.
 */
export function makeSamples(cases: readonly Decided[]): Samples {
  // Sorted, so that the same patients are drawn whatever the order of the rows.
  const patients = [...new Set(cases.map(patientOf))].sort();
  const numbers = new Map(patients.map((name, number) => [name, number]));
  const folds = [...new Set(cases.map(({ fold }) => fold))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const foldNumbers = new Map(folds.map((name, number) => [name, number]));
  const places = new Map(
    cases.map((one) => [
      JSON.stringify([patientOf(one), one.fold]),
      [numbers.get(patientOf(one))!, foldNumbers.get(one.fold)!] as const,
    ]),
  );
  const seeds = [...new Set(cases.map(({ seed }) => seed))].sort((a, b) => a - b);
  const samples = seeds.map((seed): Sample => {
    const own = cases.filter((one) => one.seed === seed).sort((a, b) => b.probability - a.probability);
    return {
      seed,
      patient: Int32Array.from(own, (one) => numbers.get(patientOf(one))!),
      fold: Uint16Array.from(own, ({ fold }) => foldNumbers.get(fold)!),
      label: Uint8Array.from(own, ({ label }) => label),
      probability: Float64Array.from(own, ({ probability }) => probability),
      bin: Uint8Array.from(own, ({ probability }) => binOf(probability)),
      decision: Uint8Array.from(own, ({ decision }) => decision),
    };
  });
  // Sorted, for the same draws whatever the order of the rows.
  const sorted = [...places.values()].sort(([a, b], [c, d]) => a - c || b - d);
  return { patients, folds, places: sorted, samples };
}

// A bin holds its upper end, as in the calibration of the statistics room.
function binOf(probability: number): number {
  let bin = 0;
  while (bin < calibrationBins - 1 && probability > (bin + 1) / calibrationBins) bin++;
  return bin;
}
