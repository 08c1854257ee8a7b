import * as v from "valibot";

import type { TableCell } from "../../display/table";
import { flag, listOf, nullable, oneOf, text, wholeNumber, pattern } from "../../runtime/option-values";
import { checkOptions, checkStored } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { isPlainObject } from "../../runs/json";
import { labels, type ImageRecord } from "../records/record";
import type { SplitRecord } from "./groups";

/** The parts of a fold. */
export type PartName = "train" | "validation" | "test";

/** The parts of a fold, in the order in which they are listed everywhere. */
export const partNames: readonly PartName[] = ["train", "validation", "test"];

const id = text("an image's id");

const hash = "a SHA-256: 64 hexadecimal digits in lower case";

const foldSchema = v.pipe(
  v.strictObject({
    /** Its name in tables and results: "fold 1", "outer 2, inner 3". */
    name: text(),
    /** The images to learn from, by id. */
    train: listOf(id),
    /** The images by which settings are chosen, and when to stop; empty where there are none. */
    validation: listOf(id),
    /** The images that are looked at once, in the end. */
    test: listOf(id),
  }),
  v.check(
    (fold) => twiceIn(fold) === undefined,
    ({ input }) => `each image once at most, and "${twiceIn(input)}" stands there twice`,
  ),
);

/** One way of dividing the images: an image stands in one part at most. @interface */
export type Fold = v.InferOutput<typeof foldSchema>;

/** Whether a split has groups across its parts that belong together, such as the images of one patient. */
const acrossParts = v.strictObject({
  /** Whether the user insisted on a split that splits groups across parts. */
  allowed: flag(),
  /** Why, in the user's words; null where nothing was allowed. */
  reason: nullable(text()),
  /** How many different groups stand in two parts of at least one fold. */
  count: wholeNumber(),
});

const ofSource = {
  /** The data set's name: "bus-bra". */
  dataset: text('the name of a data set, "bus-bra"'),
  /** The SHA-256 of its data, in 64 lower-case hexadecimal digits: the split is of no other data. */
  dataHash: pattern(/^[0-9a-f]{64}$/, hash),
};

const sourceSchema = v.strictObject({
  ...ofSource,
  /** Which images of the set were divided, in words, as `sampleImages` gives it; null or left out: all. */
  sample: v.optional(nullable(text()), null),
});

/** What a split is of. @interface */
export type SplitSource = v.InferInput<typeof sourceSchema>;

/** A split, as its file holds it. */
export const splitSchema = v.strictObject({
  /** Its name in tables and results: "5-fold". */
  name: text(),
  kind: oneOf(["official", "k-fold", "hold-out", "nested", "leave-one-out"]),
  ...ofSource,
  /** Which images of the set were divided, in words; null: all. */
  sample: nullable(text()),
  /** The seed by which it was drawn; null where nothing was. */
  seed: nullable(wholeNumber()),
  groupsAcrossParts: acrossParts,
  /** Its folds; a hold-out has one. */
  folds: listOf(foldSchema, { least: 1 }),
});

/** A division of a data set's images into parts, once or several times. Plain data, to be kept as JSON. @interface */
export type Split = v.InferOutput<typeof splitSchema>;

/**
 * Checks what a split is of.
 *
 * @returns The same, with `sample` filled in.
 * @throws {Problem} Where the name is empty or the hash is none.
 */
export const checkSource = (source: SplitSource) => checkOptions("A split's source", sourceSchema, source);

/**
 * Reads a split from plain data of unknown origin. Unknown keys are errors.
 *
 * @returns The split, with its keys in one order, so that equal splits have equal text.
 * @throws {Problem} Where it is not a split; the message names the key, what it holds and what was expected.
 */
export function parseSplit(data: unknown, place: string): Split {
  return checkStored(place, splitSchema, renamed(data), "Make the split again, or use an older copy of it.");
}

// Earlier versions called the key otherwise.
function renamed(data: unknown): unknown {
  if (!isPlainObject(data) || !("groupsTorn" in data)) return data;
  const { groupsTorn, ...others } = data;
  return { ...others, groupsAcrossParts: groupsTorn };
}

/**
 * Counts what is in each part of each fold.
 *
 * @returns One row a part, without empty ones, to be shown as a table: the fold, the part, images, images of each class,
 *   the share of malignant ones, and patients (null where an image of the part has no patient).
 * @throws {Problem} Where the split names an image that is not among the records.
 */
export function describeSplit(split: Split, records: readonly SplitRecord[]): Record<string, TableCell>[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const present = labels.filter((label) => records.some((record) => record.label === label));
  return split.folds.flatMap((fold) =>
    partNames.flatMap((part) => {
      const members = fold[part].map((id) => byId.get(id) ?? unknown(id, fold, part));
      const of = (label: ImageRecord["label"]) => members.filter((record) => record.label === label).length;
      const patients = members.map(({ patient }) => patient);
      const row: Record<string, TableCell> = {
        fold: fold.name,
        part,
        images: members.length,
        ...Object.fromEntries(present.map((label) => [label, of(label)])),
        "share malignant": of("malignant") / members.length,
        patients: patients.includes(undefined) ? null : new Set(patients).size,
      };
      return members.length === 0 ? [] : [row];
    }),
  );
}

/**
 * Says in words what results on a split must say of groups that are split across parts.
 *
 * @returns One sentence; null where no group is split across parts.
 */
export function describeGroupsAcrossParts(split: Split): string | null {
  const { allowed, reason, count } = split.groupsAcrossParts;
  if (!allowed || count === 0) return null;
  const groups =
    count === 1
      ? "1 group of images that belong together stands"
      : `${count} groups of images that belong together stand`;
  return `${groups} in two parts of ${split.name}, so that scores may be too good; this was allowed with the reason: ${reason ?? "none"}`;
}

function unknown(id: string, fold: Fold, part: PartName): never {
  throw new Problem(
    `${fold.name}, ${part}: the image "${id}" is not among the records.`,
    "Give the records that the split was made of.",
  );
}

function twiceIn(fold: Readonly<Record<PartName, readonly string[]>>): string | undefined {
  const seen = new Set<string>();
  return partNames.flatMap((part) => fold[part]).find((id) => seen.size === seen.add(id).size);
}
