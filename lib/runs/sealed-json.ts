import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import { DamagedFile } from "./damaged-file";
import { isPlainObject, parseJson, writeJson } from "./json";
import type { Json } from "./state";

/**
 * Hashes plain data.
 *
 * @param data The data; the order of keys means nothing.
 * @returns The SHA-256 of their canonical JSON, in hexadecimal digits.
 */
export function hashJson(data: unknown): string {
  return hashOf(canonicalJson(data));
}

/**
 * Writes an object for people to read, with its own hash as the last key, "sha256".
 *
 * @param name What it is, as a message should begin.
 * @throws {Problem} Where JSON cannot hold it.
 */
export function writeSealed(data: Readonly<Record<string, Json | undefined>>, name: string): string {
  // First as it will be read, without what has no value.
  const plain = parseJson(writeJson(data as Json, name)) as Record<string, Json>;
  return `${JSON.stringify({ ...plain, sha256: hashJson(plain) }, null, 2)}\n`;
}

/**
 * Reads an object that {@link writeSealed} has written.
 *
 * @throws {DamagedFile} Where it is damaged or was changed.
 */
export function readSealed(bytes: Uint8Array, path: string): Record<string, Json> {
  let data: unknown;
  try {
    data = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw changed(path, `is no JSON (${(error as Error).message.slice(0, 100)})`);
  }
  if (!isPlainObject(data)) throw changed(path, "is no JSON object");
  const { sha256, ...rest } = data as Record<string, Json>;
  if (sha256 !== hashJson(rest)) throw changed(path, "does not have the checksum that it names");
  return rest;
}

function changed(path: string, what: string): DamagedFile {
  return new DamagedFile(
    `${path} ${what}.`,
    "It is damaged or was changed: put the original back, or begin a new run.",
  );
}
