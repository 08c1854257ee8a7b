import type { SimilarPair } from "../inspect/duplicates";
import type { ImageRecord } from "../records/record";

/** The folds of a split, by image ids: all that a check for leaks needs. */
export interface FoldsToCheck {
  readonly name: string;
  readonly folds: readonly {
    readonly train: readonly string[];
    readonly validation: readonly string[];
    readonly test: readonly string[];
  }[];
}

/** Two parts of a split. */
export type PartPair = "train and validation" | "train and test" | "validation and test";

/** What leaks between two parts of a fold. */
export interface Leak {
  readonly split: string;
  /** The fold, from 1. */
  readonly fold: number;
  readonly parts: PartPair;
  /** Patients with images in both, as the set names them. */
  readonly patients: readonly string[];
  /** Pixel-identical images, one in each part. */
  readonly identical: readonly (readonly [string, string])[];
  /** Other images that look alike, one in each part. */
  readonly similar: readonly (readonly [string, string])[];
  /** Images that stand in both parts. */
  readonly images: readonly string[];
}

/**
 * Finds what leaks between the parts of a split: patients, identical and similar images on both sides. A network that has
 * seen one of a pair has, in a way, seen the other: its score is too good.
 *
 * @returns The leaks, by fold; none where the split is clean.
 */
export function findLeaks(split: FoldsToCheck, records: readonly ImageRecord[], pairs: readonly SimilarPair[]): Leak[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return split.folds.flatMap((fold, index) => {
    const sides: [PartPair, readonly string[], readonly string[]][] = [
      ["train and validation", fold.train, fold.validation],
      ["train and test", fold.train, fold.test],
      ["validation and test", fold.validation, fold.test],
    ];
    return sides.flatMap(([parts, one, other]): Leak[] => {
      const [first, second] = [new Set(one), new Set(other)];
      const across = pairs.filter(
        (pair) =>
          (first.has(pair.first) && second.has(pair.second)) || (first.has(pair.second) && second.has(pair.first)),
      );
      // The image of the first part stands first.
      const inOrder = (pair: SimilarPair) =>
        first.has(pair.first) ? ([pair.first, pair.second] as const) : ([pair.second, pair.first] as const);
      const patients = patientsOf(one, byId);
      const leak: Leak = {
        split: split.name,
        fold: index + 1,
        parts,
        patients: [...patientsOf(other, byId)].filter((patient) => patients.has(patient)),
        identical: across.filter(({ identical }) => identical).map(inOrder),
        similar: across.filter(({ identical }) => !identical).map(inOrder),
        images: other.filter((id) => first.has(id)),
      };
      const clean = leak.patients.length + leak.identical.length + leak.similar.length + leak.images.length === 0;
      return clean ? [] : [leak];
    });
  });
}

// Without a patient, an image is a group of its own and cannot be split.
function patientsOf(ids: readonly string[], byId: ReadonlyMap<string, ImageRecord>): Set<string> {
  return new Set(ids.flatMap((id) => byId.get(id)?.patient ?? []));
}
