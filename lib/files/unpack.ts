import { mkdirSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join } from "node:path";

import * as v from "valibot";

import { positive, text } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { explainFailure, fileProblem } from "./explain-failure";
import { formatBytes } from "./free-space";
import { requireEmpty, writeFolder } from "./write-folder";
import { withZip, type ZipArchive, type ZipEntry } from "./zip-archive";
import { checkNames } from "./zip-names";

const unpackOptions = v.strictObject({
  archive: text("a file"),
  /** Where to: a folder that does not exist yet or is empty. */
  folder: text("a folder"),
  /** The most bytes that the archive may unpack to; default: 20 GiB. */
  maximumBytes: v.optional(positive(), 20 * 2 ** 30),
  /**
   * The most times that the files may be larger than the archive, a guard against archives made to fill a disk. It counts
   * from 16 MiB; default: 200. Pictures are packed to about their size, tables to a tenth.
   */
  maximumRatio: v.optional(positive(), 200),
});

/** What to unpack, and how. @interface */
export type UnpackOptions = v.InferInput<typeof unpackOptions>;

type Settings = v.InferOutput<typeof unpackOptions>;

/** From this size on, the ratio of an archive is looked at. */
const ratioCountsFrom = 16 * 2 ** 20;

/**
 * Unpacks a zip archive whole or not at all. All names and sizes are checked before anything is written, and contents while
 * they are; see {@link writeFolder} for how the folder comes to be.
 *
 * @throws {Problem} Where the archive is damaged, encrypted, too large, or holds names or links that could lead out of the
 *   folder; where the folder has files already; where the disk is full. Nothing is then left behind.
 */
export async function unpackZip(options: UnpackOptions): Promise<void> {
  const settings = checkOptions("unpackZip", unpackOptions, options);
  const { archive, folder } = settings;
  requireEmpty(folder);
  await withZip(archive, async (zip) => {
    const names = zip.entries.map(({ name }) => name);
    const paths = checkNames(archive, names);
    checkKinds(archive, zip.entries);
    checkSizes(settings, zip.entries);
    await writeFolder(folder, totalOf(zip.entries), (staging) => writeAll(zip, paths, { staging, folder }));
  });
}

function checkKinds(archive: string, entries: readonly ZipEntry[]): void {
  for (const { name, unixType, size } of entries) {
    const isFolder = name.endsWith("/");
    const plain = unixType === 0 || unixType === (isFolder ? 0o040000 : 0o100000);
    if (plain && !(isFolder && size > 0)) continue;
    const kind = unixType === 0o120000 ? "a link" : "neither a file nor a folder";
    throw new Problem(
      `${archive}: ${JSON.stringify(name)} is ${kind}. Nothing was unpacked.`,
      "Unpack it with another program, if you trust its origin.",
    );
  }
}

function checkSizes({ archive, maximumBytes, maximumRatio }: Settings, entries: readonly ZipEntry[]): void {
  const total = totalOf(entries);
  if (total > maximumBytes) {
    throw new Problem(
      `${archive} unpacks to ${formatBytes(total)}, at most ${formatBytes(maximumBytes)} are allowed.`,
      "Look whether it is the right archive; if so, allow more by maximumBytes.",
    );
  }
  const packed = entries.reduce((sum, { packedSize }) => sum + packedSize, 0);
  if (total > ratioCountsFrom && total > packed * maximumRatio) {
    throw new Problem(
      `${archive} unpacks to ${formatBytes(total)} from ${formatBytes(packed)}: archives that are made to fill a disk do that.`,
      "Look whether it is the right archive; if so, allow more by maximumRatio.",
    );
  }
}

const totalOf = (entries: readonly ZipEntry[]) => entries.reduce((sum, { size }) => sum + size, 0);

async function writeAll(
  zip: ZipArchive,
  paths: readonly (readonly string[])[],
  { staging, folder }: { readonly staging: string; readonly folder: string },
): Promise<void> {
  const made = new Set<string>();
  for (const [index, entry] of zip.entries.entries()) {
    const isFolder = entry.name.endsWith("/");
    const path = join(staging, ...paths[index]!);
    const parent = isFolder ? path : dirname(path);
    try {
      if (!made.has(parent)) mkdirSync(parent, { recursive: true });
      made.add(parent);
      if (isFolder) continue;
      await writeFile(path, zip.read(entry));
    } catch (error) {
      // The message names the file where it was to be, not where it is written before.
      throw explainFailure(error).code === undefined
        ? error
        : fileProblem(join(folder, ...paths[index]!), "written", error);
    }
  }
}

async function writeFile(path: string, contents: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, "wx");
  try {
    for await (const piece of contents) await handle.appendFile(piece);
  } finally {
    await handle.close();
  }
}
