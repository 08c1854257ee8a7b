import * as v from "valibot";

import { nullable, oneOf, share, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { findSimilar, groupSimilar } from "../inspect/duplicates";
import { kFold } from "../split/k-fold";
import { leaveOneOut, leftOutColumns } from "../split/leave-out";
import { officialFolds, officialParts } from "../split/official";
import type { Split } from "../split/split";
import type { LoadedSet } from "./load";

/** The schema of {@link SplitSetOptions}. */
export const splitSetOptions = v.strictObject({
  /** Folds, from 2: of the set's own folds those with this number, else new ones are drawn; default: 5. */
  folds: v.optional(wholeNumber({ from: 2 }), 5),
  /** The share of what is not tested that is kept for validation, where it is drawn; default: 0.2. */
  validation: v.optional(share(), 0.2),
  /** The seed of what is drawn; default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** A column of which one value is tested at a time, which the others are learned for: "device"; null: none. Default: null. */
  leaveOut: v.optional(nullable(oneOf(leftOutColumns)), null),
  /** Why a set's own division may split near duplicates across parts, in words that results will repeat; default: null, it may not. */
  allowGroupsAcrossParts: v.optional(nullable(text()), null),
});

/** How a set is split. @interface */
export type SplitSetOptions = v.InferInput<typeof splitSetOptions>;

/**
 * Splits a data set as a study should: by its own folds where it has some, so that results can be compared, else into
 * folds of whole patients and near duplicates, of several sets each by itself, so that all are in every part; or, where that is asked for, by leaving out one device at a time. Validation parts hold whole patients in any case: BUS-BRA's own do not, and
 * are drawn anew. A set with a single official division, such as BreastMNIST, keeps it if the user insists: it splits near
 * duplicates.
 *
 * @returns The split. It splits no patient and no near duplicates across parts, unless that was allowed, which it then says.
 * @throws {Problem} Where a class has too few patients, or the set's own division splits groups across parts and this is not allowed.
 */
export function splitSet(loaded: LoadedSet, options: SplitSetOptions = {}): Split {
  const { folds, validation, seed, leaveOut, allowGroupsAcrossParts } = checkOptions(
    "splitSet",
    splitSetOptions,
    options,
  );
  const { records, inspections, set, dataHash } = loaded;
  const source = { dataset: set.name, dataHash };
  const own = loaded.folds.find((official) => official.folds.length === folds);
  const nearDuplicates = groupSimilar(findSimilar(inspections), records).map(({ images }) => images);
  if (leaveOut !== null) return leaveOneOut(records, source, { by: leaveOut, validation, seed, nearDuplicates });
  // Images may have been left out at the load.
  const taken = { seed, nearDuplicates, allowGroupsAcrossParts, absent: "leave out" as const };
  if (own !== undefined) return officialFolds(records, own, source, { ...taken, validation: "by patient" });
  if (records.every(({ part }) => part !== undefined)) return officialParts(records, source, taken);
  const divide = (own: typeof records) =>
    kFold(own, source, { folds, validation, seed, nearDuplicates: groupsIn(own, nearDuplicates) });
  const sets = new Set(records.map((record) => record.set));
  if (sets.size < 2) return divide(records);
  return mergeSplits([...sets].map((one) => divide(records.filter((record) => record.set === one))));
}

function groupsIn(records: readonly { readonly id: string }[], groups: readonly (readonly string[])[]): string[][] {
  const known = new Set(records.map(({ id }) => id));
  return groups.map((group) => group.filter((id) => known.has(id))).filter(({ length }) => length > 1);
}

// Every set in the same shares in every part.
function mergeSplits(splits: readonly Split[]): Split {
  const [first] = splits;
  const folds = first!.folds.map((fold, index) => {
    const part = (key: "train" | "validation" | "test") => splits.flatMap((split) => split.folds[index]![key]);
    return { ...fold, train: part("train"), validation: part("validation"), test: part("test") };
  });
  return { ...first!, name: `${first!.name} of each set`, folds };
}
