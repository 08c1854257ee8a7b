import { existsSync } from "node:fs";
import { join } from "node:path";

import * as v from "valibot";

import { readText } from "../files/read-whole";
import { writeAtomically } from "../files/write-atomically";
import { openAppended } from "../runs/appended-file";
import { WrongConfiguration } from "../runs/exit-codes";
import { parseJson } from "../runs/json";
import { listOf, text } from "../runtime/option-values";
import { appliedRowSchema, type AppliedRow } from "./applied-row";

/** The file in the folder with the results that says which images are done: a line of JSON an image. */
export const doneFile = "done.jsonl";

const headSchema = v.strictObject({
  format: v.literal("sononas apply"),
  version: v.literal(1),
  /** The hash of the release's card. */
  release: text(),
  /** The folder with the images. */
  images: text(),
});

const lineSchema = v.strictObject({
  /** The image, its lesion and all that its result depends on. */
  key: text(),
  rows: listOf(appliedRowSchema),
});

/** What a folder's results are of. */
export type DoneHead = Pick<v.InferOutput<typeof headSchema>, "release" | "images">;

/** The images that are done. */
export interface DoneImages {
  /** Gives the rows of an image that was done before; undefined where it was not. */
  rowsOf(key: string): readonly AppliedRow[] | undefined;
  /** Notes that an image is done. */
  add(key: string, rows: readonly AppliedRow[]): void;
  close(): void;
}

/**
 * Opens the list of the images that are done, so that work that was cut off goes on. A line that was cut off, or whose heat map
 * or outline is gone, counts as not done.
 *
 * @param folder The folder with the results.
 * @param head What the results are of.
 * @param check Called before each change of the folder.
 * @throws {WrongConfiguration} Where the folder has the results of another release, or of another folder of images.
 */
export function openDone(folder: string, head: DoneHead, check: () => void): DoneImages {
  const path = join(folder, doneFile);
  const lines = existsSync(path) ? readText(path).split("\n") : [];
  const known = new Map<string, readonly AppliedRow[]>();
  const first = v.safeParse(headSchema, parseLine(lines[0]));
  if (first.success) {
    for (const what of ["release", "images"] as const) {
      if (first.output[what] === head[what]) continue;
      const other = what === "release" ? "another release" : `the images of ${first.output.images}`;
      throw new WrongConfiguration(`${folder} has the results of ${other}.`, "Name another folder for these.");
    }
    for (const line of lines.slice(1)) {
      const read = v.safeParse(lineSchema, parseLine(line));
      if (!read.success) continue;
      const { key, rows } = read.output;
      const files = rows.flatMap(({ heatMap, outline }) => [heatMap, outline]).filter((file) => file !== "");
      if (files.every((file) => existsSync(join(folder, file)))) known.set(key, rows);
    }
  }
  check();
  const kept = [...known].map(([key, rows]) => ({ key, rows }));
  const all = [{ format: "sononas apply", version: 1, ...head }, ...kept];
  writeAtomically(path, all.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const file = openAppended(path, check);
  return {
    rowsOf: (key) => known.get(key),
    add: (key, rows) => {
      file.append(`${JSON.stringify({ key, rows })}\n`);
    },
    close: () => {
      file.close();
    },
  };
}

function parseLine(line: string | undefined): unknown {
  try {
    return line === undefined ? null : parseJson(line);
  } catch {
    return null;
  }
}
