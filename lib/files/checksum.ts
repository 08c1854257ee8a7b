import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { fileProblem } from "./explain-failure";

/** The sums that data sets are published with. MD5 finds damage, not forgery; SHA-256 finds both. */
export type ChecksumAlgorithm = "md5" | "sha256";

/**
 * Computes the checksum of a file. The file is streamed: its size does not matter.
 *
 * @returns The sum, in lower-case hexadecimal digits.
 * @throws {Problem} Where the file cannot be read.
 */
export async function hashFile(path: string, algorithm: ChecksumAlgorithm): Promise<string> {
  const hash = createHash(algorithm);
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  } catch (error) {
    throw fileProblem(path, "read", error);
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
