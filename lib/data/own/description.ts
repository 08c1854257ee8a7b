import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { readText } from "../../files/read-whole";
import { writeAtomically } from "../../files/write-atomically";
import { listOf, oneOf, text, wholeNumber } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { parseJson } from "../../runs/json";
import { Problem } from "../../runtime/problem";
import { fields } from "./columns";
import { meanings } from "./class-words";

/** The file in a set's folder that says how the set is to be read. */
export const descriptionFile = "sononas-set.json";

const masks = v.union(
  [
    v.literal("none"),
    v.strictObject({ suffix: text() }),
    v.strictObject({ prefix: text() }),
    v.strictObject({ folder: text() }),
  ],
  'none, {"suffix": "_seg"}, {"prefix": "mask_"} or {"folder": "outlines"}',
);

const patients = v.union(
  [oneOf(["table", "none"]), v.strictObject({ folder: wholeNumber({ from: 1 }) })],
  'table, none or {"folder": 1}',
);

const descriptionSchema = v.strictObject({
  /** The table, by its path in the folder; "none": tables are left out. Default: the only one there is. */
  table: v.optional(text()),
  /** Which column of the table says what; default: by the columns' names. */
  columns: v.optional(v.record(oneOf(fields), text()), {}),
  /** What a word means, in the column with the labels and as the name of a folder; default: its meaning in some languages. */
  values: v.optional(v.record(v.string(), oneOf(meanings)), {}),
  /** How masks are told from images; default: by usual names, and by what they show. */
  masks: v.optional(masks),
  /** What says who the patient is: the table, or the first, second … folder below those of the classes; default: the table. */
  patients: v.optional(patients),
  /** How many of 16 bits hold the gray levels, of images of 16 bits; default: all. */
  bits: v.optional(wholeNumber({ from: 9, to: 16 })),
  /** Files that are left out, by path, name, or name with stars; default: none. */
  leaveOut: v.optional(listOf(text()), []),
});

/** How a folder of one's own is to be read, as far as it was said. Plain data, kept beside the images. */
export type Description = v.InferOutput<typeof descriptionSchema>;

/** What is said of a folder where nothing is. */
export const nothingSaid: Description = { columns: {}, values: {}, leaveOut: [] };

/**
 * Checks a description.
 *
 * @throws {Problem} Where a key is unknown or a value is none.
 */
export function checkDescription(given: unknown, place: string): Description {
  return checkOptions(place, descriptionSchema, given);
}

/**
 * Reads the description in a set's folder.
 *
 * @returns The description; of a folder that has none, one that says nothing.
 * @throws {Problem} Where it cannot be read, or is none.
 */
export function readDescription(folder: string): Description {
  const file = join(folder, descriptionFile);
  if (!existsSync(file)) return nothingSaid;
  let given: unknown;
  try {
    given = parseJson(readText(file));
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(
      `${file} is no JSON of a description.`,
      "Correct it, or remove it and bring the images in again.",
    );
  }
  return checkDescription(given, file);
}

/**
 * Writes a description into a set's folder, so that the next time needs no words.
 *
 * @throws {Problem} Where it cannot be written.
 */
export function writeDescription(folder: string, description: Description): void {
  writeAtomically(join(folder, descriptionFile), `${JSON.stringify(description, null, 2)}\n`);
}

/** Puts what is said now on top of what was said before; columns and words are added one by one. */
export function mergeDescriptions(before: Description, now: Partial<Description>): Description {
  return {
    ...before,
    ...now,
    columns: { ...before.columns, ...now.columns },
    values: { ...before.values, ...now.values },
    leaveOut: [...new Set([...before.leaveOut, ...(now.leaveOut ?? [])])],
  };
}
