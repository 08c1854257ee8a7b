import { createHash } from "node:crypto";
import { closeSync } from "node:fs";

import { fileProblem } from "./explain-failure";
import { readRange } from "./read-range";
import { openRegular } from "./read-whole";

/** The sums that data sets are published with. MD5 finds damage, not forgery; SHA-256 finds both. */
export type ChecksumAlgorithm = "md5" | "sha256";

/**
 * Computes the checksum of a file. The file is streamed: its size does not matter.
 *
 * @returns The sum, in lower-case hexadecimal digits.
 * @throws {Problem} Where the file cannot be read, or is no regular file.
 */
export async function hashFile(path: string, algorithm: ChecksumAlgorithm): Promise<string> {
  const hash = createHash(algorithm);
  const { file, size } = openRegular(path);
  try {
    for await (const piece of readRange(file, 0, size)) hash.update(piece);
  } catch (error) {
    throw fileProblem(path, "read", error);
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
}

/**
 * Hashes what is in memory.
 *
 * @param contents A text, as UTF-8, or bytes.
 * @returns SHA-256, 64 hexadecimal digits in lower case.
 */
export function hashOf(contents: string | Uint8Array): string {
  return createHash("sha256").update(contents).digest("hex");
}
