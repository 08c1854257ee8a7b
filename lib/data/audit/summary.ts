import type { Audit } from "./audit";
import type { ImageCounts } from "./count-images";
import type { Leak } from "./leakage";
import type { Shortcut } from "./shortcuts";
import type { Finding } from "../records/finding";

/** Two images that look alike, for a summary. */
export type PairSummary = readonly [first: string, second: string];

/** An audit without its images: plain data, to be kept or printed as JSON. */
export interface AuditSummary {
  readonly dataset: string;
  readonly folder: string;
  readonly synthetic: boolean;
  /** SHA-256 over names, labels, groups and contents of all images. */
  readonly dataHash: string;
  readonly counts: ImageCounts;
  readonly duplicates: {
    readonly identical: readonly PairSummary[];
    /** Those of them whose labels differ, with the labels: `benign (433) (benign) = malignant (145) (malignant)`. */
    readonly identicalContradictions: readonly string[];
    /** Pairs of near duplicates, the identical ones included. */
    readonly pairs: number;
    /** Groups, images without a duplicate counted as groups of one. */
    readonly groups: number;
    /** How many groups have one image, two, and so on. */
    readonly groupSizes: Readonly<Record<string, number>>;
    /** Groups whose images have different labels: images with their labels. */
    readonly contradictoryGroups: readonly (readonly { readonly id: string; readonly label: string }[])[];
    /** The pairs, at most the first thousand. */
    readonly list: readonly PairSummary[];
  };
  /** The splits that were checked, and where they leak. */
  readonly leakage: { readonly checked: readonly string[]; readonly leaks: readonly Leak[] };
  /** How well shortcuts tell the classes apart, and on which folds. */
  readonly shortcuts: { readonly folds: string; readonly measured: readonly Shortcut[] };
  readonly marks: Audit["marks"];
  /** All that is wrong or odd. */
  readonly findings: readonly Finding[];
  /** What a user must know. */
  readonly cautions: readonly string[];
}

/** Takes the images out of an audit, so that it can be kept or printed. */
export function summariseAudit(audit: Audit): AuditSummary {
  const { set, records, pairs, groups, contradictions } = audit;
  const labelOf = new Map(records.map(({ id, label }) => [id, label]));
  const named = (id: string) => `${id} (${labelOf.get(id)!})`;
  const identical = pairs.filter((pair) => pair.identical);
  return {
    dataset: set.name,
    folder: audit.folder,
    synthetic: set.synthetic,
    dataHash: audit.dataHash,
    counts: audit.counts,
    duplicates: {
      identical: identical.map(({ first, second }) => [first, second]),
      identicalContradictions: identical
        .filter(({ first, second }) => labelOf.get(first) !== labelOf.get(second))
        .map(({ first, second }) => `${named(first)} = ${named(second)}`),
      pairs: pairs.length,
      groups: countGroups(records.length, groups),
      groupSizes: sizesOf(records.length, groups),
      contradictoryGroups: contradictions.map(({ images }) => images.map((id) => ({ id, label: labelOf.get(id)! }))),
      list: pairs.slice(0, 1000).map(({ first, second }) => [first, second]),
    },
    leakage: { checked: audit.splits.map(({ name }) => name), leaks: audit.leaks },
    shortcuts: { folds: audit.shortcutFolds, measured: audit.shortcuts },
    marks: audit.marks,
    findings: audit.findings,
    cautions: set.cautions,
  };
}

/** Counts groups of near duplicates, images without a duplicate as groups of one. */
export function countGroups(images: number, groups: Audit["groups"]): number {
  return images - groups.reduce((sum, group) => sum + group.images.length - 1, 0);
}

/**
 * Counts groups of near duplicates by their size.
 *
 * @returns `{ "1": 461, "2": 111 }`.
 */
export function sizesOf(images: number, groups: Audit["groups"]): Record<string, number> {
  const counts: Record<string, number> = {};
  const grouped = groups.reduce((sum, group) => sum + group.images.length, 0);
  if (images > grouped) counts["1"] = images - grouped;
  for (const size of groups.map((group) => group.images.length).sort((a, b) => a - b))
    counts[size] = (counts[size] ?? 0) + 1;
  return counts;
}
