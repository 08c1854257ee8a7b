import { randomBytes } from "node:crypto";
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";

import { explainFailure, fileProblem } from "./explain-failure";

/**
 * Writes a file whole or not at all: whoever reads it, also after a power cut, finds the old contents or the new ones.
 * The new ones are written beside, flushed to the disk, and take the name last. A link of that name is replaced by the
 * file; the access rights of an old file are kept.
 *
 * @param path The file; its folder is made where it is missing.
 * @param contents What to write, a text as UTF-8.
 * @param beforeName Called when all is written, right before it takes the name; what it throws stops that. Default: nothing.
 * @throws {Problem} Where it cannot be written: the disk is full, access is not allowed. The old file is then as it was,
 *   and nothing is left beside it.
 */
export function writeAtomically(path: string, contents: string | Uint8Array, beforeName?: () => void): void {
  const folder = dirname(path);
  try {
    makeFolder(folder);
  } catch (error) {
    throw fileProblem(path, "written", error);
  }
  // The name is cut so that it stays short enough for the disk with what is added.
  const temporary = join(folder, `.${basename(path).slice(0, 40)}.${randomBytes(6).toString("hex")}.partial`);
  try {
    writeFlushed(temporary, contents, statSync(path, { throwIfNoEntry: false })?.mode);
    beforeName?.();
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw fileProblem(path, "written", error);
  }
  flushFolder(folder);
}

/**
 * Makes a folder, and those above it that are missing, so that their names last through a power cut.
 *
 * @param folder The folder; nothing is done where it is there.
 * @throws {Error} What Node throws where it cannot be made.
 * @throws {Problem} Where the disk reports a fault.
 */
export function makeFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true });
  if (first === undefined) return;
  const highest = dirname(resolve(first));
  for (let above = dirname(resolve(folder)); above.length >= highest.length; above = dirname(above)) {
    flushFolder(above);
    if (above === highest) return;
  }
}

/**
 * Makes a change of names in a folder last through a power cut.
 *
 * @throws {Problem} Where the disk reports a fault. A system that cannot flush folders is no fault.
 */
export function flushFolder(folder: string): void {
  const unsupported = ["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOSYS", "ENOTSUP", "EPERM"];
  try {
    const handle = openSync(folder, "r");
    try {
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if (!unsupported.includes(explainFailure(error).code ?? ""))
      throw fileProblem(folder, "flushed to the disk", error);
  }
}

function writeFlushed(path: string, contents: string | Uint8Array, mode: number | undefined): void {
  const handle = openSync(path, "wx");
  try {
    writeFileSync(handle, contents);
    if (mode !== undefined) fchmodSync(handle, mode & 0o777);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

// A file that cannot be removed must not hide why it could not be written.
function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It stays, under a name that ends in ".partial".
  }
}
