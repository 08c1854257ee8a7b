import { join } from "node:path";

import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";
import { listFolder, pictureName } from "./find-folder";

/**
 * Reports a mask that should be there. The image can still be used whole.
 *
 * @param file The mask, relative to the set's folder.
 */
export function missingMask(file: string, image: string): Finding {
  return {
    severity: "warning",
    check: "missing mask",
    file,
    images: [image],
    message: `${file} is missing: ${image} has no outline of its lesion.`,
  };
}

/**
 * Reports a file that no image is made of, so that nothing is silently dropped.
 *
 * @param check What was looked for: "mask without an image".
 * @param file The file, relative to the set's folder.
 * @param reason Why it is not used, ending the sentence that begins with the file's name: "is not in INFO.csv".
 * @param severity How bad it is; default: warning.
 */
export function unusedFile(
  check: string,
  file: string,
  reason: string,
  severity: Finding["severity"] = "warning",
): Finding {
  return { severity, check, file, images: [], message: `${file} ${reason}: it is left out.` };
}

/**
 * Reports a row of a table of which no image can be made.
 *
 * @param file The table, relative to the set's folder.
 * @throws What is no problem of the data.
 */
export function unusableRow(error: unknown, file: string, image: string): Finding {
  if (!(error instanceof Problem)) throw error;
  return { severity: "error", check: "row that cannot be used", file, images: [image], message: error.what };
}

/**
 * Reports the pictures of a folder that no row of a table names, so that nothing is silently dropped.
 *
 * @param below The folder in it that holds the pictures: "Images".
 * @param table The table: "bus_data.csv".
 * @param kind What they are; default: "image".
 * @returns A warning for each.
 */
export function unlistedPictures(
  folder: string,
  below: string,
  named: ReadonlySet<string>,
  table: string,
  kind: "image" | "mask" = "image",
): Finding[] {
  return listFolder(join(folder, below))
    .files.filter((name) => pictureName.test(name) && !named.has(name))
    .map((name) => unusedFile(`${kind} without a row`, `${below}/${name}`, `is not in ${table}`));
}
