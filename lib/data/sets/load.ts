import { createHash } from "node:crypto";

import * as v from "valibot";

import { dataRoot } from "../../runtime/environment";
import { callback, nullable, oneOf, text } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { inspectionCache, inspectRecords } from "../inspect/inspect";
import type { Inspection } from "../inspect/inspection";
import { problemOf, type Finding } from "../records/finding";
import { groupOf, type ImageRecord } from "../records/record";
import type { OfficialFolds } from "../split/official";
import type { DataSet } from "./data-set";
import { joinLoaded } from "./join-loaded";
import { listSet } from "./list-set";
import { locateDataSet } from "./locate";
import { findDataSet } from "./registry";

const loadOptions = v.strictObject({
  /** The folder with the data sets; default: `SONONAS_DATA`, else `data/`. */
  root: v.optional(text("a folder"), dataRoot),
  /** What happens to images with errors: `stop` throws, `leave-out` leaves them out and counts them; default: `stop`. */
  onError: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /**
   * What happens to pixel-identical images with different labels: at least one label is wrong. `stop` throws, `leave-out`
   * leaves them all out, `keep` keeps them, as one must to repeat a published benchmark; default: `stop`.
   */
  onContradiction: v.optional(oneOf(["stop", "leave-out", "keep"]), "stop"),
  /**
   * What happens to images that two sets have which are loaded together, or that look alike: `stop` throws, `leave-out` leaves those of the
   * later set out and counts them; default: `stop`.
   */
  onShared: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /** Where what was seen of the files is kept; null keeps nothing; default: the project's folder for such files. */
  cacheFolder: v.optional(nullable(text("a folder")), inspectionCache),
  /** Told after each image; default: nobody. */
  onProgress: v.optional(nullable(callback<(done: number, total: number) => void | Promise<void>>()), null),
});

/** How a data set is loaded. @interface */
export type LoadOptions = Required<v.InferInput<typeof loadOptions>>;

/** A data set, loaded. */
export interface LoadedSet {
  readonly set: DataSet;
  readonly folder: string;
  /** The images that can be used. */
  readonly records: readonly ImageRecord[];
  /** What was seen of them, in the same order. */
  readonly inspections: readonly Inspection[];
  /** Images that were left out, and why: as many as were asked to be. */
  readonly leftOut: readonly ImageRecord[];
  /** All that was found, also on images that were left out. */
  readonly findings: readonly Finding[];
  /** The set's own folds; empty where it has none. */
  readonly folds: readonly OfficialFolds[];
  /** SHA-256 over names, labels, groups and file contents of the images that can be used: changes with any of them. */
  readonly dataHash: string;
}

/**
 * Loads a data set: lists its images, opens every file once, and gives records that can be trusted to be readable, with
 * masks that fit and labels that do not contradict each other. Nothing is dropped silently.
 *
 * @throws {Problem} Where it is not there, or where something is wrong with it and `stop` is asked for.
 */
export async function loadDataSet(nameOrSet: string | DataSet, options: Partial<LoadOptions> = {}): Promise<LoadedSet> {
  const settings = checkOptions("loadDataSet", loadOptions, options);
  const { root, onError, onContradiction, cacheFolder, onProgress } = settings;
  const set = typeof nameOrSet === "string" ? findDataSet(nameOrSet, root) : nameOrSet;
  if (set.parts !== undefined) return loadTogether(set, set.parts, settings);
  const folder = locateDataSet(set, root);
  const listing = await listSet(set, folder);
  if (listing.records.length === 0 && !listing.findings.some(({ severity }) => severity === "error")) {
    throw new Problem(`${set.title}: ${folder} holds no images.`, "Look whether it was copied whole.");
  }
  const inspections = await inspectRecords(listing.records, {
    folder,
    cacheFolder,
    published: set.expected !== null,
    onProgress,
  });
  const contradictions = findContradictions(listing.records, inspections);
  const findings = [
    ...listing.findings,
    ...inspections.flatMap((inspection) => inspection.findings),
    ...contradictions,
  ];

  const errors = findings
    .filter(({ severity }) => severity === "error")
    .filter((finding) => !contradictions.includes(finding));
  if (onError === "stop" && errors.length > 0) throw problemOf(set, errors);
  if (onContradiction === "stop" && contradictions.length > 0) {
    const others = contradictions.length > 1 ? ` There are ${contradictions.length - 1} more such groups.` : "";
    throw new Problem(
      `${set.title}: ${contradictions[0]!.message}${others}`,
      'At least one of the labels is wrong. Say what becomes of such images: --set onContradiction=leave-out leaves them all out, =keep keeps them, to repeat a published result; in a cell, { onContradiction: "leave-out" }.',
    );
  }
  const bad = new Set(errors.flatMap(({ images }) => images));
  if (onContradiction === "leave-out") for (const { images } of contradictions) for (const id of images) bad.add(id);
  const usable = listing.records
    .map((record, index) => ({ record, inspection: inspections[index]! }))
    .filter(({ record }) => !bad.has(record.id));
  if (usable.length === 0) throw problemOf(set, errors);
  const records = usable.map(({ record }) => record);
  return {
    set,
    folder,
    records,
    inspections: usable.map(({ inspection }) => inspection),
    leftOut: listing.records.filter(({ id }) => bad.has(id)),
    findings,
    folds: listing.folds,
    dataHash: hashRecords(records, inspections),
  };
}

async function loadTogether(
  set: DataSet,
  parts: readonly DataSet[],
  options: v.InferOutput<typeof loadOptions>,
): Promise<LoadedSet> {
  const { root, onProgress } = options;
  const folder = locateDataSet(set, root);
  const counts: number[] = [];
  // How many images there are, nobody but a progress asks before they are loaded.
  for (const part of onProgress === null ? [] : parts)
    counts.push((await listSet(part, locateDataSet(part, root))).records.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const loaded: LoadedSet[] = [];
  for (const [index, part] of parts.entries()) {
    const before = counts.slice(0, index).reduce((sum, count) => sum + count, 0);
    const own = onProgress === null ? null : (done: number) => onProgress(before + done, total);
    loaded.push(await loadDataSet(part, { ...options, onProgress: own }));
  }
  const joined = joinLoaded(loaded, options);
  return { set, folder, ...joined, folds: [], dataHash: hashRecords(joined.records, joined.inspections) };
}

/** What findings on images of contradictory labels are called. */
export const contradictionCheck = "one image in two classes";

/** Finds pixel-identical images with different labels. */
export function findContradictions(records: readonly ImageRecord[], inspections: readonly Inspection[]): Finding[] {
  const byPixels = new Map<string, ImageRecord[]>();
  records.forEach((record, index) => {
    const hash = inspections[index]!.seen?.pixelHash;
    if (hash !== undefined) byPixels.set(hash, [...(byPixels.get(hash) ?? []), record]);
  });
  return [...byPixels.values()]
    .filter((group) => new Set(group.map(({ label }) => label)).size > 1)
    .map((group) => ({
      severity: "error",
      check: contradictionCheck,
      images: group.map(({ id }) => id),
      message: `${group.map(({ id, label }) => `${id} (${label})`).join(" and ")} are the same picture with different labels.`,
    }));
}

/**
 * Hashes what a study depends on: names, labels, groups and the content of the files.
 *
 * @param inspections What was seen of them and maybe of others.
 * @returns SHA-256, hexadecimal; the order of the images makes no difference.
 */
export function hashRecords(records: readonly ImageRecord[], inspections: readonly Inspection[]): string {
  const contents = new Map(inspections.map(({ id, seen }) => [id, seen?.contentHash ?? "unreadable"]));
  const lines = records.map((record) =>
    JSON.stringify([record.id, record.label, groupOf(record), contents.get(record.id)]),
  );
  return createHash("sha256").update(lines.sort().join("\n")).digest("hex");
}
