import { statfs } from "node:fs/promises";

import { Problem } from "../runtime/problem";
import { fileProblem } from "./explain-failure";

/**
 * Writes a number of bytes as people do.
 *
 * @param bytes How many, from 0.
 * @returns "312 bytes", "4.2 MB", "1.5 GB": a MB is 10⁶ bytes.
 */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${bytes} bytes`;
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/**
 * Checks that a disk has room, so that a long job fails before it starts and not in the middle.
 *
 * @param what What for, as the message should name it: the file or the folder that is to be written.
 * @throws {Problem} Where there is less, or the folder is not there. A disk that does not tell is taken as large enough.
 */
export async function requireFreeSpace(folder: string, bytes: number, what: string): Promise<void> {
  let free: number;
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    if (blocks === 0) return;
    free = bavail * bsize;
  } catch (error) {
    throw fileProblem(folder, "looked at", error);
  }
  if (bytes > free) {
    throw new Problem(
      `${what} needs ${formatBytes(bytes)}, and the disk has ${formatBytes(free)} free.`,
      "Free some space, and run again.",
    );
  }
}
