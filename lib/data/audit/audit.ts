import * as v from "valibot";

import { dataRoot } from "../../runtime/environment";
import { callback, nullable, number, passed, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { findSimilar, groupSimilar, type SimilarGroup, type SimilarPair } from "../inspect/duplicates";
import { inspectionCache, inspectRecords } from "../inspect/inspect";
import type { Inspection } from "../inspect/inspection";
import type { Finding } from "../records/finding";
import type { ImageRecord, Label } from "../records/record";
import type { DataSet } from "../sets/data-set";
import { findContradictions, hashRecords } from "../sets/load";
import { listSetForReport } from "../sets/list-set";
import { locateDataSet } from "../sets/locate";
import { Problem } from "../../runtime/problem";
import { findDataSet } from "../sets/registry";
import { assignFolds } from "./assign-folds";
import { countImages, type ImageCounts } from "./count-images";
import { findLeaks, type FoldsToCheck, type Leak } from "./leakage";
import { measureShortcuts, type Shortcut } from "./shortcuts";

const auditOptions = v.strictObject({
  /** The folder with the data sets; default: `SONONAS_DATA`, else `data/`. */
  root: v.optional(text("a folder"), dataRoot),
  /** Splits to be checked for leaks beside the set's own; default: none. */
  splits: v.optional(passed<readonly FoldsToCheck[]>("a list of splits", Array.isArray), []),
  /** Least correlation of thumbnails of images that count as near duplicates, 0 to 1; default: 0.95. */
  correlation: v.optional(number({ from: 0, to: 1 }), 0.95),
  /** The seed of the folds on which shortcuts are measured, where the set has none of its own; default: 1. */
  seed: v.optional(wholeNumber(), 1),
  /** Where what was seen of the files is kept; null keeps nothing; default: the project's folder for such files. */
  cacheFolder: v.optional(nullable(text("a folder")), inspectionCache),
  /** Told after each image; default: nobody. */
  onProgress: v.optional(nullable(callback<(done: number, total: number) => void | Promise<void>>()), null),
});

/** How a set is audited. @interface */
export type AuditOptions = v.InferInput<typeof auditOptions>;

/** Marks that were found in images. */
export interface MarkCounts {
  /** Images with at least one caliper. */
  readonly calipers: number;
  /** Images with at least one line of text. */
  readonly text: number;
  /** Images of which more than a thousandth is clearly coloured. */
  readonly colored: number;
  /** Images with any of these, of each class. */
  readonly byLabel: Readonly<Partial<Record<Label, number>>>;
}

/** What an audit found. */
export interface Audit {
  readonly set: DataSet;
  readonly folder: string;
  /** Its images, also those that cannot be used. */
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order. */
  readonly inspections: readonly Inspection[];
  /** What it holds, counted. */
  readonly counts: ImageCounts;
  readonly pairs: readonly SimilarPair[];
  readonly groups: readonly SimilarGroup[];
  /** Groups whose images have different labels. */
  readonly contradictions: readonly SimilarGroup[];
  /** Where the set's own splits, and those that were given, leak. */
  readonly leaks: readonly Leak[];
  readonly splits: readonly FoldsToCheck[];
  /** How well shortcuts tell the classes apart. */
  readonly shortcuts: readonly Shortcut[];
  /** On which folds that was measured: "the set's own 5-fold". */
  readonly shortcutFolds: string;
  readonly marks: MarkCounts;
  /** All that is wrong or odd with files, tables and labels. */
  readonly findings: readonly Finding[];
  /** SHA-256 over names, labels, groups and contents of all images. */
  readonly dataHash: string;
}

/**
 * Audits a data set: what is in it, and what could fool a study. What is wrong with files, tables and labels is told, and
 * stops nothing.
 *
 * @throws {Problem} Where the set is not there, or a split names none of its images.
 */
export async function auditSet(nameOrSet: string | DataSet, options: AuditOptions = {}): Promise<Audit> {
  const { root, splits, correlation, seed, cacheFolder, onProgress } = checkOptions("auditSet", auditOptions, options);
  const set = typeof nameOrSet === "string" ? findDataSet(nameOrSet, root) : nameOrSet;
  const folder = locateDataSet(set, root);
  const { records, findings, folds } = await listSetForReport(set, folder);
  for (const split of splits) requireKnown(split, records, set.title);
  const inspections = await inspectRecords(records, {
    folder,
    cacheFolder,
    published: (set.parts ?? [set]).every(({ expected }) => expected !== null),
    onProgress,
  });
  const pairs = findSimilar(inspections, { correlation });
  const groups = groupSimilar(pairs, records);
  const checked = [...folds, ...ownParts(records), ...splits];
  const assigned = assignFolds(records, groups, folds, seed);
  return {
    set,
    folder,
    records,
    inspections,
    counts: countImages(records, inspections),
    pairs,
    groups,
    contradictions: groups.filter((group) => group.labels.length > 1),
    leaks: checked.flatMap((split) => findLeaks(split, records, pairs)),
    splits: checked,
    shortcuts: measureShortcuts(records, inspections, assigned.folds),
    shortcutFolds: assigned.name,
    marks: countMarks(records, inspections),
    findings: [
      ...findings,
      ...inspections.flatMap((inspection) => inspection.findings),
      ...findContradictions(records, inspections),
      ...splits.flatMap((split) => checkNames(split, records)),
    ],
    dataHash: hashRecords(records, inspections),
  };
}

// The single split of a set whose images carry their part.
function ownParts(records: readonly ImageRecord[]): FoldsToCheck[] {
  const inPart = (part: ImageRecord["part"]) => records.filter((record) => record.part === part).map(({ id }) => id);
  const [train, validation, test] = [inPart("train"), inPart("validation"), inPart("test")];
  return train.length === 0 ? [] : [{ name: "official parts", folds: [{ train, validation, test }] }];
}

// A split of which no image is known would seem clean: nothing of it was checked.
function requireKnown({ name, folds }: FoldsToCheck, records: readonly ImageRecord[], title: string): void {
  const known = new Set(records.map(({ id }) => id));
  const named = folds.flatMap(({ train, validation, test }) => [...train, ...validation, ...test]);
  if (named.some((id) => known.has(id))) return;
  throw new Problem(
    `The split ${name} names ${new Set(named).size} images, "${named[0] ?? ""}" first, and none of them is in ${title}, which has "${records[0]?.id ?? ""}" first: nothing of it can be checked.`,
    "Write the images as the set names them; npm run data -- audit NAME --json lists names.",
  );
}

// A split of some other images would seem clean.
function checkNames({ name, folds }: FoldsToCheck, records: readonly ImageRecord[]): Finding[] {
  const known = new Set(records.map(({ id }) => id));
  const named = new Set(folds.flatMap(({ train, validation, test }) => [...train, ...validation, ...test]));
  const foreign = [...named].filter((id) => !known.has(id));
  const absent = records.filter(({ id }) => !named.has(id)).map(({ id }) => id);
  const tell = (severity: Finding["severity"], check: string, images: string[], what: string): Finding[] =>
    images.length === 0
      ? []
      : [{ severity, check, images, message: `The split ${name} ${what}, "${images[0]!}" for example.` }];
  return [
    ...tell("error", "split of other images", foreign, `names ${foreign.length} images that are not in the set`),
    ...tell("warning", "split without some images", absent, `leaves out ${absent.length} of ${records.length} images`),
  ];
}

function countMarks(records: readonly ImageRecord[], inspections: readonly Inspection[]): MarkCounts {
  const has = inspections.map(({ seen }) => ({
    calipers: (seen?.calipers ?? 0) > 0,
    text: (seen?.textLines ?? 0) > 0,
    colored: (seen?.coloredShare ?? 0) > 0.001,
  }));
  const byLabel: Partial<Record<Label, number>> = {};
  records.forEach(({ label }, index) => {
    const { calipers, text, colored } = has[index]!;
    if (calipers || text || colored) byLabel[label] = (byLabel[label] ?? 0) + 1;
  });
  const count = (mark: "calipers" | "text" | "colored") => has.filter((one) => one[mark]).length;
  return { calipers: count("calipers"), text: count("text"), colored: count("colored"), byLabel };
}
