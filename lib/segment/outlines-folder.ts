import { existsSync, readdirSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";

import * as v from "valibot";

import { groupOf, type ImageRecord } from "../data/records/record";
import type { LoadedSet } from "../data/sets/load";
import { encodeGray } from "../display/images";
import type { Mask } from "../pictures/picture";
import { text } from "../runtime/option-values";
import { Problem } from "../runtime/problem";
import { parseAs } from "../runs/json";
import { readOutcome } from "../runs/outcome";
import { readRun, type SavedRun } from "../runs/read-run";
import { outlineRowSchema, type OutlineRow } from "./outline-rows";
import { loadSegmentation } from "./train-segmentation";

/** The folders of a fold: of its training, and of what its network found. */
export const [trainingFolder, outlinesFolder] = ["training", "outlines"] as const;

/** The file with what was found in each image. */
export const rowsFile = "outlines.json";

/** The file with the names of the images that the network had seen. */
export const seenFile = "seen.json";

/** Names the file of an image's mask; ids may have characters that file names may not. */
export function maskName(id: string): string {
  const plain = id.replaceAll(/[^\w.-]/g, "_");
  const exact = plain === id && /^\w/.test(id);
  return `masks/${exact ? id : `${plain.replace(/^\W+/, "")}-${createHash("sha256").update(id).digest("hex").slice(0, 8)}`}.png`;
}

/** Writes a mask as a PNG file, bright in the lesion. */
export function encodeMask({ width, height, pixels }: Mask): Uint8Array {
  return encodeGray({ width, height, pixels: Float32Array.from(pixels) });
}

/** Outlines that networks found which had not seen the patient. */
export interface CrossFittedOutlines {
  /** What was found, by fold, in the order of its test part. */
  readonly rows: readonly OutlineRow[];
  /** The file of each mask, by the image's id; images in which nothing was found have none. */
  readonly masks: ReadonlyMap<string, string>;
}

/**
 * Reads the outlines of a cross-fitting, and holds that no network outlined a patient whom it had seen. The trainings need not be there:
 * outlines can be handed on without them.
 *
 * @param folder The folder of `crossFit`. Folds that are not done are not among the outlines.
 * @param loaded The set.
 * @throws {Problem} Where nothing is done there, it is of other data, a file has changed since, an image was outlined twice, or a
 *   network outlined an image of a patient of whom it had seen another one.
 */
export function readOutlines(folder: string, loaded: LoadedSet): CrossFittedOutlines {
  const places = (existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [])
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort()
    .filter((place) => readOutcome(join(place, outlinesFolder)) !== null);
  if (places.length === 0)
    throw new Problem(`No fold in ${folder} has outlines.`, "Make them by crossFit, or npm run segment.");
  const groups = new Map(loaded.records.map((record) => [record.id, groupOf(record)]));
  const masks = new Map<string, string>();
  const rows = places.flatMap((place) => {
    const run = readRun(join(place, outlinesFolder));
    const own = readFold(place, run, loaded);
    requireUnseen(place, own, seenBy(place, run), groups);
    for (const { id, found } of own) if (found) masks.set(id, join(place, outlinesFolder, maskName(id)));
    return own;
  });
  if (new Set(rows.map(({ id }) => id)).size === rows.length) return { rows, masks };
  const twice = rows.find(({ id }, index) => rows.findIndex((row) => row.id === id) !== index)!;
  throw new Problem(
    `The image "${twice.id}" was outlined on two folds.`,
    "Cross-fit on folds that test each image once.",
  );
}

function readFold(place: string, run: SavedRun, { dataHash, set }: LoadedSet): OutlineRow[] {
  if (run.inputs.data !== dataHash) {
    throw new Problem(
      `The outlines in ${place} are of data with the hash ${run.inputs.data ?? "of nothing"}, and ${set.title} has ${dataHash}.`,
      "Load the data that they were made of, or make them again.",
    );
  }
  const training = readOutcome(join(place, trainingFolder));
  const bytes = run.readFile(rowsFile);
  const rows = bytes === null ? null : parseAs(v.array(outlineRowSchema), new TextDecoder().decode(bytes));
  const isOther = training === null ? run.readFile(seenFile) === null : run.inputs.training !== training.hash;
  if (!run.finished || rows === null || isOther) {
    throw new Problem(
      `The outlines in ${place}, or the training that they came from, have changed since they were made.`,
      "Remove this fold's folder, and make them again.",
    );
  }
  return rows;
}

// What the network says that it has seen, not what the split promised.
function seenBy(place: string, run: SavedRun): readonly string[] {
  const bytes = run.readFile(seenFile);
  const told = bytes === null ? null : parseAs(v.array(text()), new TextDecoder().decode(bytes));
  if (told !== null) return told;
  // Outlines of earlier versions do not tell it themselves.
  const { seen, weights } = loadSegmentation(join(place, trainingFolder));
  weights.dispose();
  return seen;
}

function requireUnseen(
  place: string,
  rows: readonly OutlineRow[],
  seen: readonly string[],
  groups: ReadonlyMap<string, string>,
): void {
  const known = new Set(seen.map((id) => groups.get(id) ?? `image ${id}`));
  const leaking = rows.filter(({ id }) => known.has(groups.get(id) ?? `image ${id}`));
  if (leaking.length === 0) return;
  throw new Problem(
    `The network in ${place} outlined ${leaking.length} images of patients whom it had seen, "${leaking[0]!.id}" first.`,
    "A classifier would be tested on outlines that knew the answer: cross-fit them again, on folds of whole patients.",
  );
}

/** Whose boxes regions are placed around, where masks are found ones. */
export const boxesOf = ["found", "expert"] as const;

/**
 * Puts outlines that were found in the place of the expert's, so that preparations take boxes and masks of them.
 *
 * @param boxes Whose boxes regions are placed around; default: the found ones.
 * @returns The images with their found masks; those in which nothing was found have neither mask nor box. Preparations that need a
 *   lesion stop at them, or leave them out and count them.
 * @throws {Problem} Where an image was not outlined at all.
 */
export function withFoundOutlines(
  records: readonly ImageRecord[],
  { rows, masks }: CrossFittedOutlines,
  boxes: (typeof boxesOf)[number] = "found",
): ImageRecord[] {
  const outlined = new Set(rows.map(({ id }) => id));
  const bare = records.filter(({ id }) => !outlined.has(id));
  if (bare.length > 0) {
    throw new Problem(
      `${bare.length} of ${records.length} images were not outlined, "${bare[0]!.id}" first.`,
      "Cross-fit on all folds, or choose the images of those that are done.",
    );
  }
  return records.map(({ box, ...record }) => {
    const path = masks.get(record.id);
    const around = { masks: record.masks, ...(box !== undefined && { box }) };
    return {
      ...record,
      masks: path === undefined ? [] : [{ kind: "file", path }],
      ...(boxes === "expert" && path !== undefined && { around }),
    };
  });
}
