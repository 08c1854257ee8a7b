import { closeSync, constants, fstatSync, openSync } from "node:fs";

import { explainFailure, fileProblem } from "../files/explain-failure";
import { formatBytes } from "../files/free-space";
import { readOpened } from "../files/read-whole";
import { DamagedFile } from "./damaged-file";

/**
 * Reads a file of a run's folder, which a stranger may have put there: only a true file is read, no link, no device and no pipe,
 * on which reading would wait for ever.
 *
 * @param most The most bytes it may have.
 * @returns Its bytes; null where there is none of that name.
 * @throws {DamagedFile} Where it is something else, or larger.
 * @throws {Problem} Where it cannot be read.
 */
export function readOwnFile(path: string, most: number): Uint8Array | null {
  let file: number;
  try {
    // Windows knows neither of the two.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
    file = openSync(path, (O_RDONLY ?? 0) | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const { code } = explainFailure(error);
    if (code === "ENOENT") return null;
    if (code === "ELOOP" || code === "ENXIO") throw noFile(path);
    throw fileProblem(path, "read", error);
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw noFile(path);
    if (stat.size > most) {
      throw new DamagedFile(
        `${path} has ${formatBytes(stat.size)}, expected at most ${formatBytes(most)}.`,
        "It is not what a run writes there: look where it comes from.",
      );
    }
    return readOpened(file, stat.size);
  } catch (error) {
    throw fileProblem(path, "read", error);
  } finally {
    closeQuietly(file);
  }
}

function closeQuietly(file: number): void {
  try {
    closeSync(file);
  } catch {
    // All of it was read.
  }
}

function noFile(path: string): DamagedFile {
  return new DamagedFile(
    `${path} is a link or no file, expected one that a run has written.`,
    "Look where the folder comes from, and put the file itself there.",
  );
}
