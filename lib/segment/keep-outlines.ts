import * as v from "valibot";

import { readMask, readPicture } from "../data/records/read-pixels";
import type { ImageRecord } from "../data/records/record";
import { Problem } from "../runtime/problem";
import { parseAs } from "../runs/json";
import { openRun } from "../runs/open-run";
import type { StopListener } from "../runs/stop";
import { findOutlines, type OutlineNetwork } from "./find-outlines";
import { outlineRow, outlineRowSchema, type OutlineRow } from "./outline-rows";
import { encodeMask, maskName, rowsFile, seenFile } from "./outlines-folder";

/** What is outlined, by which network. */
export interface OutlineWork {
  /** The images, in the order of the rows. */
  readonly records: readonly ImageRecord[];
  /** The fold whose network it is, or another name of it. */
  readonly fold: string;
  readonly network: OutlineNetwork;
  /** The names of the images that the network had seen, to be kept beside the outlines; left out where these are of another set. */
  readonly seen?: readonly string[];
  /** Of which data, which images and which training the outlines are, by their hashes. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly stop: StopListener;
}

/** How many pictures are read at a time. */
const atOnce = 16;

/**
 * Finds the outlines of images and keeps them in a folder: a row an image, and masks as PNG files of the pictures' sizes. What is done is
 * not done again.
 *
 * @throws {Problem} Where the folder has outlines of something else, or a picture cannot be read.
 * @throws {Interrupted} Where it was asked to stop; the same call begins anew.
 */
export async function keepOutlines(
  folder: string,
  { records, fold, network, seen, inputs, stop }: OutlineWork,
): Promise<OutlineRow[]> {
  const run = openRun(folder, { kind: "outlines", configuration: { fold }, inputs });
  try {
    if (run.finished) {
      const bytes = run.readFile(rowsFile);
      const rows = bytes === null ? null : parseAs(v.array(outlineRowSchema), new TextDecoder().decode(bytes));
      if (rows !== null) return rows;
      throw new Problem(`The outlines in ${folder} are damaged.`, "Remove the folder, and make them again.");
    }
    const rows: OutlineRow[] = [];
    for (let start = 0; start < records.length; start += atOnce) {
      stop.check();
      const own = records.slice(start, start + atOnce);
      const pictures = await Promise.all(
        own.map(async (record) => ({ id: record.id, picture: await readPicture(record) })),
      );
      const experts = await Promise.all(own.map(readMask));
      findOutlines(network, pictures).forEach((outline, index) => {
        const record = own[index]!;
        rows.push(outlineRow(record, fold, outline, experts[index]!));
        if (outline.mask !== null) run.writeFile(maskName(record.id), encodeMask(outline.mask));
      });
    }
    if (seen !== undefined) run.writeFile(seenFile, `${JSON.stringify(seen)}\n`);
    run.writeFile(rowsFile, `${JSON.stringify(rows)}\n`);
    run.finish({ images: rows.length, found: rows.filter(({ found }) => found).length });
    return rows;
  } finally {
    run.close();
  }
}
