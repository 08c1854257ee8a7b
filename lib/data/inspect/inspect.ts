import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";

import * as v from "valibot";

import { writeAtomically } from "../../files/write-atomically";
import { concurrently } from "../../runtime/concurrent";
import { cacheRoot, describeMachine } from "../../runtime/environment";
import { callback, flag, nullable, text } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import type { ImageRecord } from "../records/record";
import { identifySources } from "../records/source-identity";
import { inspectImage } from "./inspect-image";
import type { Inspection } from "./inspection";
import { startInspectors } from "./inspectors";

/** Rises whenever an image would be seen differently, so that nothing older is taken from the cache. */
const version = 2;

/** From how many images on that were not seen before all processors look at them. */
const manyImages = 200;

const inspectOptions = v.strictObject({
  /** The set's folder; messages name files from there. Empty where images are in memory. */
  folder: v.string(),
  /** Where what was seen is kept; null keeps nothing; default: the project's folder for such files. */
  cacheFolder: v.optional(nullable(text("a folder")), inspectionCache),
  /** Whether the set is one that was published, as its authors gave it; default: it is one's own. */
  published: v.optional(flag(), false),
  /** Told after each image; default: nobody. */
  onProgress: v.optional(nullable(callback<(done: number, total: number) => void | Promise<void>>()), null),
});

/** How images are inspected. @interface */
export type InspectOptions = v.InferInput<typeof inspectOptions>;

/**
 * The project's folder for what was seen of files.
 *
 * @returns An absolute path, which need not exist yet.
 */
export function inspectionCache(): string {
  return join(cacheRoot(), "inspections");
}

/**
 * Looks at the files of all images. What was seen of a file is kept, and taken from there as long as the file has not
 * changed: the first time takes some 20 ms an image and processor, the next time almost nothing.
 */
export async function inspectRecords(records: readonly ImageRecord[], options: InspectOptions): Promise<Inspection[]> {
  const { folder, cacheFolder, published, onProgress } = checkOptions("inspectRecords", inspectOptions, options);
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const file = cacheFolder === null ? null : join(cacheFolder, `${name}.json`);
  const known = file === null ? new Map<string, Inspection>() : readKept(file);
  const keys = records.map((record) => keyOf(record, published));
  const kept = new Map<string, Inspection>();
  let done = 0;
  const { processors } = describeMachine();
  const unseen = keys.filter((key) => !known.has(key)).length;
  // What threads take to start is only worth it for many.
  const inspectors = unseen >= manyImages && processors > 1 ? startInspectors(processors, folder, published) : null;
  const look = (record: ImageRecord) =>
    inspectors?.inspect(record) ?? inspectImage(record, (path) => relative(folder, path) || path, published);
  try {
    return await concurrently(records, Math.max(4, 2 * processors), async (record, index) => {
      const key = keys[index]!;
      const inspection = known.get(key) ?? (await look(record));
      // The keyboard's turn, so that an interruption arrives.
      if (!known.has(key)) await setImmediate();
      kept.set(key, inspection);
      await onProgress?.(++done, records.length);
      return inspection;
    });
  } finally {
    await inspectors?.close();
    // Also after an interruption: what was seen need not be looked at again.
    if (file !== null && [...kept.keys()].some((key) => !known.has(key))) keep(file, kept);
  }
}

// Without room for it, the next time takes as long as this one; nothing else is lost.
function keep(file: string, kept: ReadonlyMap<string, Inspection>): void {
  try {
    writeAtomically(file, JSON.stringify({ version, kept: Object.fromEntries(kept) }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`${error.message} Files will be looked at again the next time.\n`);
  }
}

// What a look at the files depends on: the record itself, and the files' state.
function keyOf(record: ImageRecord, published: boolean): string {
  return createHash("sha256")
    .update(JSON.stringify([version, published, record, identifySources(record)]))
    .digest("hex");
}

// A cache that is damaged or of another version is made again.
function readKept(file: string): Map<string, Inspection> {
  if (!existsSync(file)) return new Map();
  try {
    const content = JSON.parse(readFileSync(file, "utf8")) as { version: number; kept: Record<string, Inspection> };
    return new Map<string, Inspection>(content.version === version ? Object.entries(content.kept) : []);
  } catch {
    return new Map<string, Inspection>();
  }
}
