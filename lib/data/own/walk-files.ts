import { readdirSync, realpathSync, statSync, type Dirent } from "node:fs";
import { join, sep } from "node:path";

import { byName } from "../../files/by-name";

/** A file below a folder. */
export interface FoundFile {
  /** Its path. */
  readonly path: string;
  /** The folders from the start to it, and its name last. */
  readonly parts: readonly string[];
  /** Why it cannot be read as a file; null where it can. */
  readonly refused: string | null;
}

/**
 * Finds every file below a folder, in the order of names. Each folder is visited once, whatever links lead to it, and no link
 * is followed out of the folder. What is no regular file, such as a pipe, is found and refused: opening it could take for ever.
 *
 * @param start The folder, which may itself be a link.
 * @returns The files, hidden ones among them.
 */
export function walkFiles(start: string): FoundFile[] {
  const root = realpathSync(start);
  const seen = new Set<string>();
  const found: FoundFile[] = [];
  const visit = (folder: string, above: readonly string[]) => {
    const real = realpathSync(folder);
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of entriesOf(folder)) {
      const [path, parts] = [join(folder, entry.name), [...above, entry.name]];
      const kind = kindOf(path, entry, root);
      if (kind === "folder") visit(path, parts);
      else found.push({ path, parts, refused: kind === "file" ? null : kind });
    }
  };
  visit(start, []);
  return found;
}

function entriesOf(folder: string): Dirent[] {
  return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byName(a.name, b.name));
}

// "file", "folder", or why it is neither.
function kindOf(path: string, entry: Dirent, root: string): string {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "folder";
  if (!entry.isSymbolicLink()) return "is no regular file";
  let target: string;
  try {
    target = realpathSync(path);
  } catch {
    return "is a link that leads nowhere";
  }
  if (target !== root && !target.startsWith(root + sep)) return "is a link that leads out of the folder";
  const stat = statSync(target);
  return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "is no regular file";
}
