import { createHash } from "node:crypto";

import * as v from "valibot";

import { readText } from "../../files/read-whole";
import { withinFile } from "../../files/within-file";
import { writeAtomically } from "../../files/write-atomically";
import { checkStored } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import { isPlainObject, parseJson } from "../../runs/json";
import { parseSplit, type Split } from "./split";

const format = "sononas split";
const version = 1;

const fileSchema = v.strictObject({
  format: v.literal(format),
  version: v.literal(version),
  contentHash: v.string(),
  split: v.unknown(),
});

/**
 * Writes a split to a file, whole or not at all, with a hash of its contents.
 *
 * @param path The file; it is replaced where it is there.
 * @throws {Problem} Where the split is none, or the file cannot be written.
 */
export function writeSplit(path: string, split: Split): void {
  const checked = parseSplit(split, `The split for ${path}`);
  const contents = { format, version, contentHash: hashOf(checked), split: checked };
  writeAtomically(path, `${JSON.stringify(contents, null, 1)}\n`);
}

/** What a split must be of. */
export interface ReadSplitOptions {
  /** The SHA-256 of the data that it is read for, in 64 lower-case hexadecimal digits. */
  readonly dataHash: string;
}

/**
 * Reads a split from a file.
 *
 * @throws {Problem} Where the file cannot be read, is damaged, was changed by hand, was written by a newer version, or is of
 *   other data.
 */
export function readSplit(path: string, options: ReadSplitOptions): Split {
  return withinFile(path, () => read(path, options));
}

function read(path: string, options: ReadSplitOptions): Split {
  const file = parseFile(path);
  const split = parseSplit(file.split, path);
  const found = hashOf(asWritten(split, file.split));
  if (file.contentHash !== found) {
    throw new Problem(
      `${path} was changed after it was written: its contents have the hash ${found}, and it states ${file.contentHash}.`,
      "Use an older copy, or make the split again.",
    );
  }
  if (split.dataHash !== options.dataHash) {
    throw new Problem(
      `${path} is a split of other data: of ${split.dataset} with the hash ${split.dataHash}, and the data has ${options.dataHash}.`,
      "Load the data that it was made of, or make a new split of this data under another name.",
    );
  }
  return split;
}

// The hash is of what was written: earlier versions called a key otherwise.
function asWritten(split: Split, stored: unknown): object {
  if (!isPlainObject(stored) || !("groupsTorn" in stored)) return split;
  const entries = Object.entries(split);
  return Object.fromEntries(entries.map(([key, value]) => [key === "groupsAcrossParts" ? "groupsTorn" : key, value]));
}

function parseFile(path: string): v.InferOutput<typeof fileSchema> {
  const again = "Use an older copy, or make the split again.";
  const data = readJson(path, again);
  const head = typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
  if (head.format !== format || !Number.isSafeInteger(head.version) || (head.version as number) < 1) {
    throw new Problem(`${path} is no split: it does not begin with "format": "${format}" and a version.`, again);
  }
  if ((head.version as number) > version) {
    throw new Problem(
      `${path} was written by a newer SonoNAS, in version ${head.version as number} of its format; this one reads up to ${version}.`,
      "Update SonoNAS.",
    );
  }
  return checkStored(path, fileSchema, data, again);
}

function readJson(path: string, again: string): unknown {
  const text = readText(path);
  try {
    return parseJson(text);
  } catch {
    throw new Problem(`${path} is damaged: it is no JSON of a split, or ends too early.`, again);
  }
}

function hashOf(split: object): string {
  return createHash("sha256").update(JSON.stringify(split)).digest("hex");
}
