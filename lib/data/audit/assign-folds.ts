import { Problem } from "../../runtime/problem";
import type { SimilarGroup } from "../inspect/duplicates";
import type { ImageRecord } from "../records/record";
import type { OfficialFolds } from "../split/official";
import { kFold } from "../split/k-fold";

/** In which fold each image is tested. */
export interface AssignedFolds {
  /** Where the folds come from: "the set's own 5-fold". */
  readonly name: string;
  /** The fold of each image, by id; images that are in none are left out. */
  readonly folds: ReadonlyMap<string, number>;
}

/**
 * Chooses folds to measure shortcuts on: the set's own, else five that keep patients and near duplicates together.
 *
 * @param seed The seed of the folds, where the set has none.
 * @returns The folds; none where a class has too few patients or images to be divided.
 */
export function assignFolds(
  records: readonly ImageRecord[],
  groups: readonly SimilarGroup[],
  own: readonly OfficialFolds[],
  seed: number,
): AssignedFolds {
  const [official] = own;
  if (official !== undefined)
    return { name: `the set's own ${official.name}`, folds: foldsOf(official.folds.map(({ test }) => test)) };
  const lesions = records.filter(({ label }) => label !== "normal");
  const name = "5 folds by patient and near duplicates";
  try {
    const source = { dataset: "audit", dataHash: "0".repeat(64) };
    const nearDuplicates = groups.map(({ images }) => images);
    const split = kFold(lesions, source, { folds: 5, validation: 0, seed, nearDuplicates });
    return { name, folds: foldsOf(split.folds.map(({ test }) => test)) };
  } catch (error) {
    // Too few of a class: the audit goes on without this measurement.
    if (error instanceof Problem) return { name: "no folds: too few images of a class", folds: new Map() };
    throw error;
  }
}

function foldsOf(tests: readonly (readonly string[])[]): Map<string, number> {
  return new Map(tests.flatMap((ids, fold) => ids.map((id) => [id, fold] as const)));
}
