import { closeSync, constants, fstatSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";

import { fileProblem } from "../files/explain-failure";

/** A file that grows line by line. */
export interface AppendedFile {
  readonly length: number;
  /**
   * Adds whole lines, or nothing: what the disk took of them before it failed is cut off again.
   *
   * @param text The lines, each with its end.
   * @throws {Problem} Where they cannot be written.
   */
  append(text: string): void;
  /**
   * Waits until all that was added would last through a power cut.
   *
   * @throws {Problem} Where the disk reports a fault.
   */
  flush(): void;
  close(): void;
}

/**
 * Opens a file to add lines to. It stays open: once another has put a new file in its place, what is added here
 * goes to nobody.
 *
 * @param path The file; it is made where it is missing. A link is refused.
 * @param check Called right before each write; what it throws stops that.
 * @throws {Problem} Where it cannot be opened.
 */
export function openAppended(path: string, check: () => void): AppendedFile {
  let handle: number;
  let length: number;
  try {
    const { O_WRONLY, O_CREAT, O_APPEND, O_NOFOLLOW = 0 } = constants as Partial<typeof constants>;
    handle = openSync(path, O_WRONLY! | O_CREAT! | O_APPEND! | O_NOFOLLOW, 0o666);
    length = fstatSync(handle).size;
  } catch (error) {
    throw fileProblem(path, "opened", error);
  }
  let torn = false;
  const cut = () => {
    ftruncateSync(handle, length);
    torn = false;
  };
  return {
    get length() {
      return length;
    },
    append(text) {
      check();
      const bytes = Buffer.from(text);
      try {
        if (torn) cut();
        torn = true;
        for (let done = 0; done < bytes.length;) done += writeSync(handle, bytes, done);
        torn = false;
        length += bytes.length;
      } catch (error) {
        try {
          cut();
        } catch {
          // The next attempt cuts first; where none comes, whoever opens the file does.
        }
        throw fileProblem(path, "written", error);
      }
    },
    flush() {
      try {
        fsyncSync(handle);
      } catch (error) {
        throw fileProblem(path, "flushed to the disk", error);
      }
    },
    close() {
      try {
        closeSync(handle);
      } catch {
        // It was flushed before, or the work has failed already.
      }
    },
  };
}
