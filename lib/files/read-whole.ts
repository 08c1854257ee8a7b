import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

import { Problem } from "../runtime/problem";
import { fileProblem } from "./explain-failure";
import { formatBytes } from "./free-space";

/**
 * Opens a file that a stranger may have put there. A pipe, on which reading would wait for ever, a device, which has no end,
 * and a folder are refused; a link counts as what it leads to.
 *
 * @returns The file's number, to be closed, and its size in bytes.
 * @throws {Problem} Where it is missing, none of these, or cannot be opened.
 */
export function openRegular(path: string): { readonly file: number; readonly size: number } {
  let file: number | null = null;
  try {
    // Windows knows no O_NONBLOCK. Without it, opening a pipe waits for somebody who writes.
    const { O_RDONLY = 0, O_NONBLOCK = 0 } = constants as Partial<typeof constants>;
    file = openSync(path, O_RDONLY | O_NONBLOCK);
    const stat = fstatSync(file);
    if (stat.isFile()) return { file, size: stat.size };
    const kind = stat.isDirectory() ? "a folder" : stat.isFIFO() || stat.isSocket() ? "a pipe" : "a device";
    throw new Problem(
      `${path} cannot be read: it is ${kind}, expected a file.`,
      "Put the file itself there, or take it away.",
    );
  } catch (error) {
    if (file !== null) closeSync(file);
    throw fileProblem(path, "read", error);
  }
}

/**
 * Reads a whole file, and no more of it than memory is there for.
 *
 * @param most The most bytes that it may have.
 * @throws {Problem} Where it is missing, no regular file, or larger.
 */
export function readWhole(path: string, most: number): Buffer {
  const { file, size } = openRegular(path);
  try {
    if (size > most) {
      throw new Problem(
        `${path} has ${formatBytes(size)}, expected at most ${formatBytes(most)}.`,
        "Look whether it is the right file.",
      );
    }
    const bytes = readOpened(file, size);
    return Buffer.from(bytes.buffer, 0, bytes.length);
  } catch (error) {
    throw fileProblem(path, "read", error);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file that is open from its beginning, and leaves it open.
 *
 * @param file Its number.
 * @param size How many bytes are read at the most: its size.
 * @returns Its bytes; fewer where it was cut since its size was asked.
 * @throws What the system says where it cannot be read.
 */
export function readOpened(file: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let done = 0;
  while (done < size) {
    const count = readSync(file, bytes, done, size - done, done);
    if (count === 0) break;
    done += count;
  }
  return bytes.subarray(0, done);
}

/** The most bytes of a file of JSON: settings, plans, splits, descriptions of networks. */
const mostJson = 256 * 2 ** 20;

/**
 * Reads a text of UTF-8, such as JSON.
 *
 * @param most The most bytes that it may have; default: 256 MiB.
 * @throws {Problem} Where the file is missing, no regular file, or larger.
 */
export function readText(path: string, most: number = mostJson): string {
  return readWhole(path, most).toString("utf8");
}
