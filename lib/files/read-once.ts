import { statSync } from "node:fs";

import { Problem } from "../runtime/problem";

/**
 * Makes a reader that keeps what it read last, as long as the file has not changed: for files from which many things are
 * taken one after the other.
 *
 * @returns Reads a file, or gives what was read of it before. It throws a {@link Problem} where the file is missing.
 */
export function readOnce<Content>(read: (path: string) => Promise<Content>): (path: string) => Promise<Content> {
  let last: { readonly key: string; readonly content: Promise<Content> } | null = null;
  return async (path) => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) throw new Problem(`${path} is missing.`, "Copy it there again.");
    const key = `${path} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
    if (last?.key !== key) last = { key, content: read(path) };
    return last.content;
  };
}
