import type { TableCell } from "../../display/table";
import { Problem } from "../../runtime/problem";
import { labels, type ImageRecord } from "../records/record";
import type { SplitRecord } from "./groups";

/** The parts of a fold. */
export type PartName = "train" | "validation" | "test";

/** The parts of a fold, in the order in which they are listed everywhere. */
export const partNames: readonly PartName[] = ["train", "validation", "test"];

/** One way of dividing the images: an image stands in one part at most. */
export interface Fold {
  /** Its name in tables and results: "fold 1", "outer 2, inner 3". */
  readonly name: string;
  /** The images to learn from, by id. */
  readonly train: readonly string[];
  /** The images by which settings are chosen, and when to stop; empty where there are none. */
  readonly validation: readonly string[];
  /** The images that are looked at once, in the end. */
  readonly test: readonly string[];
}

/** Whether a split tears apart groups that belong together, such as the images of one patient. */
export interface TornGroups {
  /** Whether the user insisted on a split that tears groups. */
  readonly allowed: boolean;
  /** Why, in the user's words; null where nothing was allowed. */
  readonly reason: string | null;
  /** How many different groups stand in two parts of at least one fold. */
  readonly count: number;
}

/** How a split was made. */
export type SplitKind = "official" | "k-fold" | "hold-out" | "nested";

/** All kinds of split. */
export const splitKinds: readonly SplitKind[] = ["official", "k-fold", "hold-out", "nested"];

/** What a split is of. */
export interface SplitSource {
  /** The data set's name: "bus-bra". */
  readonly dataset: string;
  /** The SHA-256 of its data, in 64 lower-case hexadecimal digits: the split is of no other data. */
  readonly dataHash: string;
  /** Which images of the set were divided, in words, as `sampleImages` gives it; null or left out: all. */
  readonly sample?: string | null;
}

/** A division of a data set's images into parts, once or several times. Plain data, to be kept as JSON. */
export interface Split {
  /** Its name in tables and results: "5-fold". */
  readonly name: string;
  /** How it was made. */
  readonly kind: SplitKind;
  /** The data set's name. */
  readonly dataset: string;
  /** The SHA-256 of its data, in 64 lower-case hexadecimal digits. */
  readonly dataHash: string;
  /** Which images of the set were divided, in words; null: all. */
  readonly sample: string | null;
  /** The seed by which it was drawn; null where nothing was. */
  readonly seed: number | null;
  /** Whether it tears groups. */
  readonly groupsTorn: TornGroups;
  /** Its folds; a hold-out has one. */
  readonly folds: readonly Fold[];
}

/**
 * Checks what a split is of.
 *
 * @param source The name and the hash.
 * @returns The same, with `sample` filled in.
 * @throws {Problem} Where the name is empty or the hash is none.
 */
export function checkSource(source: SplitSource): Required<SplitSource> {
  const { dataset, dataHash, sample = null } = source;
  if (dataset === "") throw new Problem("A split's data set has no name.", 'Give it one, "bus-bra" for example.');
  if (!/^[0-9a-f]{64}$/.test(dataHash)) {
    throw new Problem(
      `The data hash of a split is "${dataHash}", expected a SHA-256: 64 hexadecimal digits in lower case.`,
      "Give the hash of the loaded data set.",
    );
  }
  return { dataset, dataHash, sample };
}

/**
 * Counts what is in each part of each fold.
 *
 * @param split The split.
 * @param records The images that it divides.
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
 * Says in words what results on a split must say of torn groups.
 *
 * @param split The split.
 * @returns One sentence; null where no group is torn.
 */
export function describeTorn(split: Split): string | null {
  const { allowed, reason, count } = split.groupsTorn;
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
