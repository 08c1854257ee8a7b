import * as v from "valibot";

import { nullable, oneOf, text } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { createRandom } from "../../runtime/random";
import type { ImageRecord } from "../records/record";
import { checkSplit, refuseGroupsAcrossParts, refuseUnusable } from "./check-split";
import { drawing, drawValidation } from "./draw-parts";
import { groupRecords, type Group, type SplitRecord } from "./groups";
import { checkSource, partNames, type Fold, type Split, type SplitSource } from "./split";

/** Folds that a data set comes with, by image ids. */
export interface OfficialFolds {
  /** Their name: "5-fold". */
  readonly name: string;
  readonly folds: readonly {
    readonly test: readonly string[];
    readonly train: readonly string[];
    /** The images to validate on; empty where there are none. */
    readonly validation: readonly string[];
  }[];
  /** Images that are known to show the same and stand in different parts of them; default: none are known. */
  readonly knownAcross?: {
    readonly images: readonly string[];
    /** Why the folds are used all the same, in words that results repeat. */
    readonly reason: string;
  };
}

const officialOptions = v.strictObject({
  /**
   * Which validation parts: "official" takes them as they are; "by patient" keeps the official test parts, and draws the
   * validation parts anew from the rest: as many images, by whole patients (and groups of near duplicates), with the same
   * balance of classes. Default: "official".
   */
  validation: v.optional(oneOf(["official", "by patient"]), "official"),
  /** Why the split may split groups across parts, in words that results will repeat; default: null, it may not. */
  allowGroupsAcrossParts: v.optional(nullable(text()), null),
  /**
   * What is done with images of the official folds that are not among the records: "refuse", or "leave out", for sets of
   * which damaged images were left out, and for samples. Default: "refuse".
   */
  absent: v.optional(oneOf(["refuse", "leave out"]), "refuse"),
  ...drawing,
});

/** How official folds are taken over. @interface */
export type OfficialOptions = v.InferInput<typeof officialOptions>;

/**
 * Takes over the folds that a data set comes with.
 *
 * @returns The split. The official division is kept as it is, also where a part lacks a class.
 * @throws {Problem} Where a patient or a group of near duplicates stands in two parts and this is not allowed, or the folds
 *   do not fit the images.
 */
export function officialFolds(
  records: readonly SplitRecord[],
  official: OfficialFolds,
  source: SplitSource,
  options: OfficialOptions = {},
): Split {
  const { validation, seed, nearDuplicates, allowGroupsAcrossParts, absent } = checkOptions(
    "officialFolds",
    officialOptions,
    options,
  );
  const groups = groupRecords(records, nearDuplicates);
  const known = new Set(records.map(({ id }) => id));
  const present = (ids: readonly string[]) => (absent === "refuse" ? [...ids] : ids.filter((id) => known.has(id)));
  const folds = official.folds.map((fold, index) => ({
    name: `fold ${index + 1}`,
    train: present(fold.train),
    validation: present(fold.validation),
    test: present(fold.test),
  }));
  const split: Split = {
    name: official.name,
    kind: "official",
    ...checkSource(source),
    seed: null,
    groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    folds,
  };
  if (folds.length === 0) {
    throw new Problem(`The official split ${official.name} has no folds.`, "Look at the files that it was read from.");
  }
  // Records are all that was asked to be divided here: one that the folds do not know is a fault, also in a sample.
  refuseUnusable({ ...split, sample: null }, records);
  if (validation === "official") {
    const across = checkSplit(split, records, groups).filter(({ kind }) => kind === "group across parts");
    const instead = across.some(({ parts }) => parts.includes("test"))
      ? ownSplit
      : 'Keep the official test parts and draw the validation parts by patient, with validation: "by patient".';
    return refuseUnknownAcross(split, groups, official, { allowGroupsAcrossParts, instead });
  }
  const redrawn = folds.map((fold, index) => redraw(records, groups, fold, index, seed));
  const name = `${official.name}, validation by patient`;
  return refuseUnknownAcross({ ...split, name, seed, folds: redrawn }, groups, official, {
    allowGroupsAcrossParts,
    instead: ownSplit,
  });
}

// What is known of the folds is told in the split and does not stop; anything else does, where it is not allowed.
function refuseUnknownAcross(
  split: Split,
  groups: readonly Group[],
  { knownAcross: known }: OfficialFolds,
  options: { readonly allowGroupsAcrossParts: string | null; readonly instead: string },
): Split {
  if (known === undefined) return refuseGroupsAcrossParts(split, groups, options);
  const isKnown = ({ ids }: Group) => known.images.every((id) => ids.includes(id));
  refuseGroupsAcrossParts(
    split,
    groups.filter((group) => !isKnown(group)),
    options,
  );
  const reason = options.allowGroupsAcrossParts ?? known.reason;
  return refuseGroupsAcrossParts(split, groups, { ...options, allowGroupsAcrossParts: reason });
}

/**
 * Takes over the single division that a data set comes with, from the parts that its records carry.
 *
 * @param records The images, each with its `part`.
 * @throws {Problem} Where a record has no part, and as for {@link officialFolds}.
 */
export function officialParts(
  records: readonly (SplitRecord & Pick<ImageRecord, "part">)[],
  source: SplitSource,
  options: OfficialOptions = {},
): Split {
  const without = records.filter(({ part }) => part === undefined);
  if (without.length > 0) {
    throw new Problem(
      `${without.length} of ${records.length} images carry no official part, "${without[0]!.id}" for example.`,
      ownSplit,
    );
  }
  const [train, validation, test] = partNames.map((name) =>
    records.flatMap(({ id, part }) => (part === name ? [id] : [])),
  );
  const folds = [{ train: train!, validation: validation!, test: test! }];
  return officialFolds(records, { name: "official", folds }, source, options);
}

const ownSplit = "Make a split of your own, with kFold or holdOut.";

function redraw(
  records: readonly SplitRecord[],
  groups: readonly Group[],
  fold: Fold,
  index: number,
  seed: number,
): Fold {
  const rest = new Set([...fold.train, ...fold.validation]);
  const untested = records.filter(({ id }) => rest.has(id));
  // Grouped anew: of a group that testing itself splits, the untested images can still be kept together.
  const kept = groupRecords(
    untested,
    groups.map(({ ids }) => ids),
  );
  const share = fold.validation.length / rest.size;
  const random = createRandom(seed).split("validation").split(index);
  return { ...fold, ...drawValidation(untested, kept, share, fold.name, random) };
}
