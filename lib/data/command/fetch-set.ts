import { existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { download } from "../../files/download";
import { unpackZip } from "../../files/unpack";
import { writeAtomically } from "../../files/write-atomically";
import type { Clock } from "../../runtime/environment";
import { Problem } from "../../runtime/problem";
import type { DataSet, SetDownload } from "../sets/data-set";
import { howToGet, tryLocate } from "../sets/locate";
import { makeSetFolder, unfinished } from "./set-folder";

/** How a set is fetched. */
export interface FetchOptions {
  readonly root: string;
  /** An address to take the files from instead of the canonical one, by their names; sums are checked all the same. */
  readonly from?: string;
  /** The time, for the record of where the files came from. */
  readonly clock: Clock;
  /** Told how far a download is, in bytes; the total is null where the server does not say. */
  readonly onProgress?: (file: string, done: number, total: number | null) => void;
  /** Ends the download; what has come is kept for the next time. */
  readonly signal?: AbortSignal;
}

/**
 * Downloads a data set into the folder with the data sets, checks it and unpacks it. A download that was cut off goes on
 * where it stopped.
 *
 * @throws {Problem} Where the set is not to be had this way (it says how it is), is there already, or a download fails.
 */
export async function fetchSet(set: DataSet, options: FetchOptions): Promise<string> {
  const { root, from, clock, onProgress, signal } = options;
  if (set.access.kind !== "download")
    throw new Problem(`${set.title} cannot be downloaded by a program.`, howToGet(set));
  const there = existsSync(root) ? tryLocate(set, root) : null;
  if (there !== null) {
    throw new Problem(
      `${set.title} is already in ${there}.`,
      `npm run data -- verify ${set.name} checks it; to fetch it again, remove that folder first.`,
    );
  }
  const folder = makeSetFolder(root, set.name);
  const { downloads } = set.access;
  for (const part of downloads) {
    await download({
      url: from === undefined ? part.url : `${from.replace(/\/+$/, "")}/${encodeURIComponent(part.file)}`,
      file: join(folder, unfinished, part.file),
      expected: { md5: part.md5, sha256: part.sha256, bytes: part.bytes },
      onProgress: (done, total) => {
        onProgress?.(part.file, done, total ?? part.bytes ?? null);
      },
      signal,
    });
  }
  for (const part of downloads) await place(part, folder);
  const found = set.recognise(folder);
  if (found === null)
    throw new Problem(
      `What was downloaded to ${folder} is not ${set.title}, as far as its files' names tell.`,
      `Look at ${set.homepage}, then remove the folder and bring the files in with: npm run data -- import ${set.name} PATH.`,
    );
  const source = {
    dataset: set.name,
    fetched: clock.now().toISOString(),
    from: downloads.map(({ url, md5, sha256 }) => ({ url, md5, sha256 })),
  };
  writeAtomically(join(folder, "source.json"), `${JSON.stringify(source, null, 2)}\n`);
  rmSync(join(folder, unfinished), { recursive: true, force: true });
  return found;
}

async function place({ file, unpack }: SetDownload, folder: string): Promise<void> {
  const downloaded = join(folder, unfinished, file);
  const target = join(folder, unpack ? file.replace(/\.zip$/i, "") : file);
  // Done before an interruption.
  if (existsSync(target)) return;
  if (unpack) await unpackZip({ archive: downloaded, folder: target });
  else renameSync(downloaded, target);
}
