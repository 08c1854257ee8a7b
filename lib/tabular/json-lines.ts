import { existsSync } from "node:fs";

import type * as v from "valibot";

import { writeAtomically } from "../files/write-atomically";
import { readText } from "../files/read-whole";
import { checkStored } from "../runtime/options";
import { Problem } from "../runtime/problem";
import { parseJson } from "../runs/json";

/** What to do about a file of a benchmark that is not as it should be: all of them are kept in version control. */
export const takeAgain = "Take it from version control again.";

/**
 * Reads a file of JSON.
 *
 * @returns What it says; nothing of it is checked.
 * @throws {Problem} Where it cannot be read, or is no JSON.
 */
export function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return parseJson(text);
  } catch (error) {
    throw new Problem(`${path} is no JSON: ${(error as SyntaxError).message}.`, takeAgain);
  }
}

/**
 * Reads a file of JSON where it is there.
 *
 * @param schema What it has to be.
 * @returns What it says; null where there is no file yet.
 * @throws {Problem} As {@link readJson}, or where it is something else.
 */
export function readKeptJson<Schema extends v.GenericSchema>(
  path: string,
  schema: Schema,
): v.InferOutput<Schema> | null {
  return existsSync(path) ? checkStored(path, schema, readJson(path), takeAgain) : null;
}

/**
 * Reads a file with a line of JSON for each of its entries.
 *
 * @param path The file.
 * @param schema What an entry has to be.
 * @throws {Problem} Where it cannot be read, or a line is no entry; the message names the line.
 */
export function readJsonLines<Schema extends v.GenericSchema>(path: string, schema: Schema): v.InferOutput<Schema>[] {
  return readText(path)
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => checkStored(`${path}, line ${index + 1},`, schema, parseLine(path, line, index), takeAgain));
}

function parseLine(path: string, line: string, index: number): unknown {
  try {
    return parseJson(line);
  } catch {
    throw new Problem(`${path}, line ${index + 1}, is no JSON: ${line.slice(0, 60)}`, takeAgain);
  }
}

/**
 * Reads such a file where it is there.
 *
 * @returns Its entries; none where there is no file yet.
 * @throws {Problem} As {@link readJsonLines}.
 */
export function readKeptLines<Schema extends v.GenericSchema>(path: string, schema: Schema): v.InferOutput<Schema>[] {
  return existsSync(path) ? readJsonLines(path, schema) : [];
}

/**
 * Writes a file with a line of JSON for each of its entries; what was there is replaced.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function writeJsonLines(path: string, entries: readonly object[]): void {
  writeAtomically(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
}
