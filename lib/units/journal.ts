import { appendFileSync, closeSync, fstatSync, openSync, readSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import * as v from "valibot";

import { parseAs } from "../runs/json";

const lineSchema = v.object({
  /** The name of a unit that was done. */
  unit: v.string(),
  /** How long its last process has lived, from its start. */
  seconds: v.number(),
});

/** A unit that was done, by the journal. @interface */
export type JournalLine = Readonly<v.InferOutput<typeof lineSchema>>;

const journalFile = "journal.jsonl";

/**
 * Adds a line to the journal of finished units: with it, thousands of units are watched without looking into each folder. It is a
 * hint, the folders are the truth: where it cannot be written, nothing is lost.
 *
 * @param folder The folder in which the journal lies.
 */
export function appendToJournal(folder: string, { unit, seconds }: JournalLine): void {
  try {
    const line = { unit, seconds: Math.round(seconds * 10) / 10, host: hostname() };
    // Short enough to be written at once, between the lines of other processes. A line that was torn by another machine's ends here.
    appendFileSync(join(folder, journalFile), `\n${JSON.stringify(line)}\n`);
  } catch {
    // Who watches looks into the folders now and then.
  }
}

/** Reads a journal as it grows. */
export interface JournalReader {
  /** Gives the lines since the last call. */
  next(): JournalLine[];
}

/** Opens the journal in a folder, from its beginning. It need not be there yet; one that cannot be read says nothing. */
export function readJournal(folder: string): JournalReader {
  const path = join(folder, journalFile);
  let position = 0;
  let rest = "";
  return {
    next() {
      let file: number;
      try {
        file = openSync(path, "r");
      } catch {
        return [];
      }
      try {
        const { size } = fstatSync(file);
        // One that became shorter is another one.
        if (size < position) [position, rest] = [0, ""];
        const bytes = Buffer.alloc(Math.min(size - position, 1 << 26));
        const read = readSync(file, bytes, 0, bytes.length, position);
        position += read;
        const lines = (rest + bytes.toString("utf8", 0, read)).split("\n");
        rest = lines.pop()!.slice(-10_000);
        return lines.flatMap((line) => parseAs(lineSchema, line) ?? []);
      } catch {
        return [];
      } finally {
        closeSync(file);
      }
    },
  };
}
