import { readdirSync } from "node:fs";
import { join } from "node:path";

import { byName } from "../../files/by-name";

/** Names of files that hold pictures. */
export const pictureName = /\.(png|jpe?g|tiff?|bmp|webp|gif)$/i;

/** What lies in a folder. */
export interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists a folder, in the order of names. Hidden entries are left out.
 *
 * @returns What lies in it; nothing where it cannot be read.
 */
export function listFolder(folder: string): FolderContent {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(
      ({ name }) => !name.startsWith(".") && name !== "__MACOSX",
    );
    const names = (wanted: boolean) =>
      entries
        // A link counts as what it leads to.
        .filter(
          (entry) => (entry.isSymbolicLink() ? isFolder(join(folder, entry.name)) : entry.isDirectory()) === wanted,
        )
        .map(({ name }) => name)
        .sort(byName);
    return { files: names(false), folders: names(true) };
  } catch {
    return { files: [], folders: [] };
  }
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Looks for a folder, from a start downwards, nearest first.
 *
 * @param depth How many levels below the start are looked at.
 * @param test Says whether a folder is meant, from its content.
 * @returns Its path; null where there is none.
 */
export function findFolder(
  start: string,
  depth: number,
  test: (content: FolderContent, folder: string) => boolean,
): string | null {
  let level = [start];
  for (let down = 0; down <= depth; down++) {
    const next: string[] = [];
    for (const folder of level) {
      const content = listFolder(folder);
      if (test(content, folder)) return folder;
      next.push(...content.folders.map((name) => join(folder, name)));
    }
    level = next;
  }
  return null;
}
