import { createHash } from "node:crypto";
import { join } from "node:path";

import * as v from "valibot";

import { canonicalJson } from "../../files/canonical-json";
import { concurrently } from "../../runtime/concurrent";
import { cacheRoot, packageVersion } from "../../runtime/environment";
import { callback, nullable, oneOf, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { boxOfMask } from "../../pictures/mask";
import type { Box } from "../../pictures/picture";
import type { Finding } from "../records/finding";
import { readMask, readPicture } from "../records/read-pixels";
import type { ImageRecord } from "../records/record";
import { hashPixels, readCache, writeCache, type CacheContent } from "./cache";
import { checkPreparation, needsLesion, needsPixelSize, type PreparationOptions } from "./configuration";
import { hashPreparation } from "./hash-preparation";
import type { Prepared } from "./prepared";
import { prepareImage, withoutPixelSize } from "./prepare-image";
import { identifyFiles, sourceFilesOf } from "./source-files";

const ignoreProgress = () => undefined;

const prepareOptions = v.strictObject({
  /**
   * The folder in which prepared images are kept for the next time; null keeps none. Default: `prepared` in the project's
   * folder for such files.
   */
  cacheFolder: v.optional(nullable(text("a folder")), () => join(cacheRoot(), "prepared")),
  /**
   * What becomes of images that cannot be prepared: "stop" ends with an error that names them, "leave-out" goes on without
   * them and lists them. Default: "stop".
   */
  onError: v.optional(oneOf(["stop", "leave-out"]), "stop"),
  /**
   * What becomes of images of normal tissue, as a network tells two classes apart: "stop" ends with an error, "leave-out"
   * goes on without them and lists them, "benign" counts them as benign. Default: "stop".
   */
  normal: v.optional(oneOf(["stop", "leave-out", "benign"]), "stop"),
  /** How many images are read at once, from 1; the result does not depend on it. Default: 4. */
  atOnce: v.optional(wholeNumber({ from: 1 }), 4),
  /** Called after each image with the number done and the number in all, and awaited; default: nothing. */
  onProgress: v.optional(callback<(done: number, total: number) => void | Promise<void>>(), () => ignoreProgress),
});

/** How images are prepared, apart from what is done to them. @interface */
export type PrepareOptions = Required<v.InferInput<typeof prepareOptions>>;

/**
 * Prepares images for a network, or takes them from the cache where the same images were prepared in the same way and
 * none of their files has changed since. Each image's numbers depend on its own files and the settings alone.
 *
 * @param records The images; names must be unique.
 * @param configuration What is done to each; what is not said is as in {@link PreparationOptions}.
 * @returns The images, in the order of the records.
 * @throws {Problem} Where a setting is wrong, an image cannot be prepared, or none is left.
 */
export async function prepare(
  records: readonly ImageRecord[],
  configuration: Partial<PreparationOptions> = {},
  options: Partial<PrepareOptions> = {},
): Promise<Prepared> {
  const settings = checkPreparation(configuration);
  const { cacheFolder, onError, normal, atOnce, onProgress } = checkOptions("prepare", prepareOptions, options);
  const { chosen, leftOut } = chooseByLabel(records, normal);
  const withMasks = needsLesion(settings);
  const unscaled = needsPixelSize(settings) ? chosen.filter(({ pixelSize }) => pixelSize === undefined) : [];
  if (unscaled.length > 0 && onError === "stop") throw withoutPixelSize(unscaled.map(({ id }) => id));
  const notices: Finding[] = [];
  let content: CacheContent | null = null;
  const folder = cacheFolder === null ? null : join(cacheFolder, cacheKey(chosen, settings));

  if (folder !== null) {
    const state = await readCache(folder, settings.size ** 2 * settings.channels.length);
    if (state.kind === "fresh") {
      // A failure need not last: what could not be prepared is tried again, and if one succeeds, all is made anew.
      const failed = new Set(state.content.leftOut.flatMap(({ images }) => images));
      const again = await prepareAll(
        chosen.filter(({ id }) => failed.has(id)),
        settings,
        atOnce,
        ignoreProgress,
      );
      if (again.ids.length === 0) content = { ...state.content, leftOut: again.leftOut };
    } else if (state.kind !== "none") notices.push(noticeOf(folder, state));
  }
  const fromCache = content !== null;
  if (content === null) {
    const files = folder === null ? {} : await identifyFiles(sourceFilesOf(chosen, withMasks));
    content = await prepareAll(chosen, settings, atOnce, onProgress);
    if (folder !== null) {
      try {
        writeCache(folder, content, files);
      } catch (error) {
        const message = `Prepared images could not be kept in ${folder} (${(error as Error).message}).`;
        notices.push({ severity: "warning", check: "cache not written", images: [], message });
      }
    }
  } else {
    await onProgress(chosen.length, chosen.length);
  }
  if (onError === "stop" && content.leftOut.length > 0) throw stopAt(content.leftOut);
  if (content.ids.length === 0) {
    throw new Problem(
      `Of ${records.length} images, none is left to be prepared.`,
      "Look whether the list is the right one, and what onError and normal leave out.",
    );
  }
  return { ...assemble(chosen, content, settings), leftOut: [...leftOut, ...content.leftOut], notices, fromCache };
}

function chooseByLabel(
  records: readonly ImageRecord[],
  normal: PrepareOptions["normal"],
): { chosen: readonly ImageRecord[]; leftOut: Finding[] } {
  const seen = new Set<string>();
  for (const { id } of records) {
    if (seen.has(id))
      throw new Problem(`Two images have the name "${id}".`, "Names must be unique: prepare sets one by one.");
    seen.add(id);
  }
  const normals = records.filter(({ label }) => label === "normal").map(({ id }) => id);
  if (normals.length === 0 || normal === "benign") return { chosen: records, leftOut: [] };
  if (normal === "stop") {
    throw new Problem(
      `${normals.length} of ${records.length} images show normal tissue, "${normals[0]!}" first: they are neither benign nor malignant.`,
      `Leave them out with { normal: "leave-out" }, or count them as benign with { normal: "benign" }.`,
    );
  }
  const message = `${normals.length} images of normal tissue were left out, as was asked for.`;
  return {
    chosen: records.filter(({ label }) => label !== "normal"),
    leftOut: [{ severity: "note", check: "normal tissue", images: normals, message }],
  };
}

// The versions stand for the code that decodes and computes, which may give other numbers after an update. Labels are not
// among the content of the cache: they always come from the records.
function cacheKey(records: readonly ImageRecord[], settings: PreparationOptions): string {
  const withMasks = needsLesion(settings);
  const scaled = needsPixelSize(settings);
  const sources = records.map(({ id, image, masks, box, around, pixelSize }) => ({
    ...{ id, image },
    ...(withMasks && { masks, box, ...(around !== undefined && { around }) }),
    ...(scaled && { pixelSize }),
  }));
  const versions = ["sononas", "sharp"].map(packageVersion);
  const content = canonicalJson({ format: 1, versions, preparation: hashPreparation(settings), sources });
  return createHash("sha256").update(content).digest("hex");
}

function noticeOf(
  folder: string,
  state: { kind: "changed"; files: readonly string[] } | { kind: "damaged"; reason: string },
): Finding {
  if (state.kind === "damaged") {
    const message = `Prepared images in ${folder} were damaged (${state.reason}) and were made again.`;
    return { severity: "warning", check: "damaged cache", images: [], message };
  }
  const count = state.files.length === 1 ? "1 file has" : `${state.files.length} files have`;
  const message = `${count} changed since the images were prepared, ${state.files[0]!} first; they were prepared again.`;
  return { severity: "note", check: "changed files", file: state.files[0]!, images: [], message };
}

async function prepareAll(
  records: readonly ImageRecord[],
  settings: PreparationOptions,
  atOnce: number,
  onProgress: PrepareOptions["onProgress"],
): Promise<CacheContent> {
  const length = settings.size ** 2 * settings.channels.length;
  const all = allocate(records.length, length);
  const withMasks = needsLesion(settings);
  let done = 0;
  const failures = await concurrently(records, atOnce, async (record, place) => {
    let failure: Finding | null = null;
    try {
      const picture = await readPicture(record);
      const mask = withMasks ? await readMask(record) : null;
      const around = withMasks ? await readAround(record) : undefined;
      const { id, box, pixelSize } = record;
      all.set(prepareImage({ id, picture, mask, box, around, pixelSize }, settings), place * length);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const message = error.what.startsWith(record.id) ? error.what : `${record.id}: ${error.what}`;
      failure = { severity: "error", check: "cannot be prepared", images: [record.id], message };
    }
    await onProgress(++done, records.length);
    return failure;
  });
  // Good images move up to the places of those that failed.
  const good = records.flatMap((_, place) => (failures[place] === null ? [place] : []));
  for (const [target, place] of good.entries()) {
    if (target !== place) all.copyWithin(target * length, place * length, (place + 1) * length);
  }
  const pixels = all.subarray(0, good.length * length);
  return {
    ids: good.map((place) => records[place]!.id),
    pixels,
    pixelsHash: hashPixels(pixels),
    leftOut: failures.flatMap((failure) => (failure === null ? [] : [failure])),
  };
}

async function readAround({ id, around }: ImageRecord): Promise<Box | undefined> {
  if (around === undefined) return undefined;
  const mask = await readMask({ id, masks: around.masks });
  return (mask === null ? null : boxOfMask(mask)) ?? around.box;
}

function allocate(images: number, length: number): Float32Array {
  try {
    return new Float32Array(images * length);
  } catch {
    throw new Problem(
      `${images} images of ${length} numbers need ${((images * length * 4) / 2 ** 30).toFixed(1)} GB of memory, more than there is.`,
      "Choose a smaller size, fewer channels or fewer images.",
    );
  }
}

function stopAt(failures: readonly Finding[]): Problem {
  const others = failures.length - 1;
  const more = others === 0 ? "" : ` ${others} more ${others === 1 ? "image" : "images"} cannot be prepared either.`;
  return new Problem(
    `${failures[0]!.message}${more}`,
    'Mend the files, or prepare with { onError: "leave-out" }, which goes on without such images and lists them.',
  );
}

function assemble(
  records: readonly ImageRecord[],
  { ids, pixels, pixelsHash }: CacheContent,
  settings: PreparationOptions,
): Omit<Prepared, "leftOut" | "notices" | "fromCache"> {
  const malignant = new Map(records.map(({ id, label }) => [id, label === "malignant"]));
  const labels = Int32Array.from(ids, (id) => (malignant.get(id) ? 1 : 0));
  const seen = canonicalJson({ preparation: hashPreparation(settings), ids, labels: [...labels], pixelsHash });
  const hash = createHash("sha256").update(seen).digest("hex");
  return { ids, labels, pixels, size: settings.size, channels: settings.channels, hash, configuration: settings };
}
