import { Problem } from "../../runtime/problem";
import { labels, type Label } from "../records/record";
import type { Group, SplitRecord } from "./groups";
import { partNames, type Fold, type PartName, type Split } from "./split";

/** What can be wrong with a split. */
export type SplitFaultKind =
  "group across parts" | "unknown image" | "image left out" | "image twice" | "empty part" | "class missing";

/** Something that is wrong with a fold of a split. */
export interface SplitFault {
  readonly kind: SplitFaultKind;
  readonly fold: string;
  /** The parts concerned: the two across which a group is split, those that hold an image twice, or the one that is empty. */
  readonly parts: readonly PartName[];
  /** The images concerned; of a group across parts those in the two parts. */
  readonly ids: readonly string[];
  /** The name of the group across parts; null for other faults. */
  readonly group: string | null;
  readonly message: string;
}

/**
 * Finds what is wrong with a split, fold by fold: groups that are split across two parts, images that are unknown, left out
 * (unless the split is of a sample) or there twice, parts that are empty, and classes that a part lacks.
 *
 * @param groups The groups that must stay in one part, as `groupRecords` gives them.
 * @returns The faults, in the folds' order; none where all is well. A validation part may be empty where it is in all folds.
 */
export function checkSplit(split: Split, records: readonly SplitRecord[], groups: readonly Group[]): SplitFault[] {
  const present = labels.filter((label) => records.some((record) => record.label === label));
  const validated = split.folds.some(({ validation }) => validation.length > 0);
  return split.folds.flatMap((fold) => [
    ...findGroupsAcrossParts(fold, groups),
    ...findMisplaced(fold, records, split.sample !== null),
    ...findLacking(fold, records, present, validated),
  ]);
}

/** How groups that are split across parts are dealt with. */
export interface AcrossPartsOptions {
  /** Why a split may split groups across parts, in words that results will repeat; null: it may not. */
  readonly allowGroupsAcrossParts: string | null;
  /** What can be done instead, as a sentence for the message; left out: a general one. */
  readonly instead?: string;
}

/**
 * Refuses a split that splits groups across parts, unless the user insists, which the split then says.
 *
 * @returns The split, with what was split across parts and why in `groupsAcrossParts`.
 * @throws {Problem} Where groups are split across parts and this is not allowed; the first are named. Also where the reason is empty.
 */
export function refuseGroupsAcrossParts(split: Split, groups: readonly Group[], options: AcrossPartsOptions): Split {
  const { allowGroupsAcrossParts: reason, instead = "Draw the parts by group." } = options;
  if (reason?.trim() === "") {
    throw new Problem(
      "Groups may be split across parts without a reason.",
      "Say why, in words that the results can repeat.",
    );
  }
  const across = split.folds.flatMap((fold) => findGroupsAcrossParts(fold, groups));
  const names = [...new Set(across.map(({ group }) => group!))];
  if (names.length === 0) return { ...split, groupsAcrossParts: { allowed: false, reason: null, count: 0 } };
  if (reason !== null) return { ...split, groupsAcrossParts: { allowed: true, reason, count: names.length } };
  const first = across[0]!;
  const inFirst = new Set(across.filter(({ fold }) => fold === first.fold).map(({ group }) => group)).size;
  throw new Problem(
    `The split ${split.name} splits ${names.length} of ${groups.length} groups of images that belong together across parts: ${names.slice(0, 3).join(", ")}${names.length > 3 ? " and others" : ""}. ${first.message} In ${first.fold} alone it is ${inFirst}.`,
    `${instead} Or insist with allowGroupsAcrossParts: "the reason", which the results will repeat.`,
  );
}

/**
 * Refuses a split that cannot be used: with images that are unknown, left out or there twice, or with empty parts.
 *
 * @throws {Problem} With the first fault and the number of others.
 */
export function refuseUnusable(split: Split, records: readonly SplitRecord[]): void {
  const faults = checkSplit(split, records, []).filter(({ kind }) => kind !== "class missing");
  if (faults.length === 0) return;
  const others = faults.length > 1 ? ` This is the first of ${faults.length} faults.` : "";
  throw new Problem(
    `The split ${split.name} does not fit the images. ${faults[0]!.message}${others}`,
    "Give the images that it was made for, or make a split of these.",
  );
}

const pairs: readonly (readonly [PartName, PartName])[] = [
  ["train", "validation"],
  ["train", "test"],
  ["validation", "test"],
];

function findGroupsAcrossParts(fold: Fold, groups: readonly Group[]): SplitFault[] {
  const places = placesOf(fold);
  return groups.flatMap((group) =>
    group.ids.length < 2
      ? []
      : pairs.flatMap((parts): SplitFault[] => {
          const [one, other] = parts.map((part) => group.ids.filter((id) => places.get(id)?.includes(part)));
          if (one!.length === 0 || other!.length === 0 || new Set([...one!, ...other!]).size < 2) return [];
          const message = `${fold.name}: ${group.name} has ${listIds(one!)} in ${parts[0]} and ${listIds(other!)} in ${parts[1]}.`;
          return [
            {
              kind: "group across parts",
              fold: fold.name,
              parts,
              ids: [...one!, ...other!],
              group: group.name,
              message,
            },
          ];
        }),
  );
}

function findMisplaced(fold: Fold, records: readonly SplitRecord[], sampled: boolean): SplitFault[] {
  const places = placesOf(fold);
  const known = new Set(records.map(({ id }) => id));
  const fault = (kind: SplitFaultKind, ids: string[], parts: readonly PartName[], what: string): SplitFault[] =>
    ids.length === 0
      ? []
      : [
          {
            kind,
            fold: fold.name,
            parts,
            ids,
            group: null,
            message: `${fold.name}: ${what.replace("#", listIds(ids))}`,
          },
        ];
  const partsOf = (ids: readonly string[]) =>
    partNames.filter((part) => ids.some((id) => places.get(id)?.includes(part)));
  const unknown = [...places.keys()].filter((id) => !known.has(id));
  const twice = [...places].filter(([, parts]) => parts.length > 1).map(([id]) => id);
  const left = sampled ? [] : records.flatMap(({ id }) => (places.has(id) ? [] : [id]));
  return [
    ...fault("unknown image", unknown, partsOf(unknown), "# cannot be found among the images."),
    ...fault("image twice", twice, partsOf(twice), "# cannot be listed more than once."),
    ...fault("image left out", left, [], "# cannot be found in any part."),
  ];
}

function findLacking(
  fold: Fold,
  records: readonly SplitRecord[],
  present: readonly Label[],
  validated: boolean,
): SplitFault[] {
  const labelOf = new Map(records.map(({ id, label }) => [id, label]));
  return partNames.flatMap((part): SplitFault[] => {
    const fault = { fold: fold.name, parts: [part], ids: [], group: null };
    if (fold[part].length === 0) {
      return part === "validation" && !validated
        ? []
        : [{ ...fault, kind: "empty part", message: `${fold.name}: the ${part} part is empty.` }];
    }
    const there = new Set(fold[part].map((id) => labelOf.get(id)));
    return present
      .filter((label) => !there.has(label))
      .map((label) => ({
        ...fault,
        kind: "class missing",
        message: `${fold.name}: the ${part} part has no image of the class ${label}.`,
      }));
  });
}

// An image that stands twice in one part has that part twice.
function placesOf(fold: Fold): Map<string, PartName[]> {
  const places = new Map<string, PartName[]>();
  for (const part of partNames) {
    for (const id of fold[part]) {
      const known = places.get(id);
      if (known === undefined) places.set(id, [part]);
      else known.push(part);
    }
  }
  return places;
}

function listIds(ids: readonly string[]): string {
  const shown = ids.slice(0, 3).map((id) => `"${id}"`);
  return ids.length > 3 ? `${shown.join(", ")} and ${ids.length - 3} more` : shown.join(", ");
}
