import { existsSync, readFileSync, rmSync, statSync } from "node:fs";

import * as v from "valibot";

import { fileProblem } from "./explain-failure";
import { writeAtomically } from "./write-atomically";

const noteSchema = v.object({
  url: v.string(),
  /** The server's mark for these contents that a Range request can be tied to: an ETag or a date; null where it gave none. */
  validator: v.nullable(v.string()),
  /** Bytes of the whole file; null where the server did not say. */
  total: v.nullable(v.number()),
});

/** What is remembered of a download beside its part, so that only the same file is carried on. @interface */
export type PartNote = v.InferOutput<typeof noteSchema>;

/** The part of a file that was downloaded so far. */
export interface PartialFile {
  /** Where it is: the file's name with ".part". */
  readonly path: string;
  /** Bytes that are there; 0 where nothing can be carried on. */
  readonly bytes: number;
  /** What is remembered; null where nothing can be carried on. */
  readonly note: PartNote | null;
}

const notePath = (file: string) => `${file}.part.json`;

/**
 * Looks what an earlier download has left.
 *
 * @param url Where from.
 * @param hasSum Whether the whole file's checksum is known. Without, a part is carried on only where the server's mark tells
 *   that it is of the same file.
 * @returns The part; empty where there is none, or where it is of another file.
 * @throws {Problem} Where there is something that cannot be read.
 */
export function findPart(file: string, url: string, hasSum: boolean): PartialFile {
  const path = `${file}.part`;
  try {
    const note = readNote(file);
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const usable = note?.url === url && (note.validator !== null || hasSum) && bytes > 0;
    return usable ? { path, bytes, note } : { path, bytes: 0, note: null };
  } catch (error) {
    throw fileProblem(path, "read", error);
  }
}

function readNote(file: string): PartNote | null {
  if (!existsSync(notePath(file))) return null;
  try {
    const { success, output } = v.safeParse(noteSchema, JSON.parse(readFileSync(notePath(file), "utf8")));
    return success ? output : null;
  } catch {
    // A note that cannot be read is none: the download starts over.
    return null;
  }
}

/**
 * Remembers what a part is of.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function writeNote(file: string, note: PartNote): void {
  writeAtomically(notePath(file), `${JSON.stringify(note)}\n`);
}

/**
 * Removes what is remembered, and the part too where there is one.
 *
 * @throws {Problem} Where it cannot be removed.
 */
export function removePart(file: string): void {
  try {
    rmSync(`${file}.part`, { force: true });
    rmSync(notePath(file), { force: true });
  } catch (error) {
    throw fileProblem(`${file}.part`, "removed", error);
  }
}
