import { cpSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Copies a file, with its times, and makes the folder for it. Of a link, the file that it leads to is copied: as a link, it would
 * lead back to where it was taken from.
 *
 * @throws What the system says where the file cannot be read or written.
 */
export function copyFile(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { dereference: true, preserveTimestamps: true });
}
