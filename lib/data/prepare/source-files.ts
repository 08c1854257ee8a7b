import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";

import { concurrently } from "../../runtime/concurrent";
import type { ImageRecord } from "../records/record";

/** By what a file is known again; plain data. Times are nanoseconds since 1970, as text. */
export interface FileIdentity {
  /** Its length in bytes. */
  readonly size: string;
  /** When its content was changed, as far as programs have not set it to something else. */
  readonly mtime: string;
  /** When anything about it was changed; the system keeps it, and no program can set it back. */
  readonly ctime: string;
  /** SHA-256 of its content; null where it could not be read. */
  readonly sha256: string | null;
}

/** Files by path; null for those that are not there. */
export type FileIdentities = Readonly<Record<string, FileIdentity | null>>;

/**
 * Lists the files that hold the pixels of images.
 *
 * @returns The paths, each once, sorted.
 */
export function sourceFilesOf(
  records: readonly Pick<ImageRecord, "image" | "masks" | "around">[],
  withMasks: boolean,
): string[] {
  const sources = records.flatMap(({ image, masks, around }) =>
    withMasks ? [image, ...masks, ...(around?.masks ?? [])] : [image],
  );
  return [...new Set(sources.flatMap((source) => (source.kind === "phantom" ? [] : [source.path])))].sort();
}

/**
 * Takes down by what files will be known again. Call it before they are used: a change in the meantime is noticed then.
 */
export async function identifyFiles(paths: readonly string[]): Promise<FileIdentities> {
  const identities = await concurrently(paths, 4, async (path) => {
    const entry = await entryOf(path);
    return entry === null ? null : { ...entry, sha256: await hashOf(path) };
  });
  return Object.fromEntries(paths.map((path, place) => [path, identities[place]!]));
}

/**
 * Looks whether files hold what they held. The content is read only where size or times differ.
 *
 * @returns The paths of those whose content is another, and the identities as they are now.
 */
export async function compareFiles(known: FileIdentities): Promise<{ changed: string[]; current: FileIdentities }> {
  const paths = Object.keys(known);
  const current = await concurrently(paths, 8, async (path) => {
    const [before, entry] = [known[path] ?? null, await entryOf(path)];
    if (before === null || entry === null) return entry === null ? null : { ...entry, sha256: null };
    const same = before.size === entry.size && before.mtime === entry.mtime && before.ctime === entry.ctime;
    return { ...entry, sha256: same ? before.sha256 : await hashOf(path) };
  });
  const changed = paths.filter((path, place) => {
    return known[path]?.sha256 !== current[place]?.sha256;
  });
  return { changed, current: Object.fromEntries(paths.map((path, place) => [path, current[place]!])) };
}

async function entryOf(path: string): Promise<Omit<FileIdentity, "sha256"> | null> {
  try {
    const { size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return { size: String(size), mtime: String(mtimeNs), ctime: String(ctimeNs) };
  } catch {
    // Reading the image will say what is wrong with it.
    return null;
  }
}

async function hashOf(path: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  } catch {
    return null;
  }
  return hash.digest("hex");
}
