import { Problem } from "../../runtime/problem";
import type { Finding } from "../records/finding";

/**
 * Reports a mask that should be there. The image can still be used whole.
 *
 * @param file The mask, relative to the set's folder.
 * @param image The image's id.
 * @returns A warning.
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
 * @returns The finding.
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
 * @param error What was thrown while the row was read.
 * @param file The table, relative to the set's folder.
 * @param image The image's id.
 * @returns An error.
 * @throws What is no problem of the data.
 */
export function unusableRow(error: unknown, file: string, image: string): Finding {
  if (!(error instanceof Problem)) throw error;
  return { severity: "error", check: "row that cannot be used", file, images: [image], message: error.what };
}
