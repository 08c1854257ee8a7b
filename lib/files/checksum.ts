import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";

import { Problem } from "../runtime/problem";
import { fileProblem } from "./explain-failure";

/** The sums that data sets are published with. MD5 finds damage, not forgery; SHA-256 finds both. */
export type ChecksumAlgorithm = "md5" | "sha256";

/** How many hexadecimal digits a sum has, and how people write its name. */
const known: Readonly<Record<ChecksumAlgorithm, { readonly digits: number; readonly title: string }>> = {
  md5: { digits: 32, title: "MD5" },
  sha256: { digits: 64, title: "SHA-256" },
};

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
 * Checks the form of a checksum that someone wrote down.
 *
 * @param sum The sum, in hexadecimal digits of either case.
 * @throws {Problem} Where it has another number of digits, or others than hexadecimal ones.
 */
export function checkSum(sum: string, algorithm: ChecksumAlgorithm): string {
  const { digits, title } = known[algorithm];
  if (sum.length !== digits || !/^[0-9a-f]*$/i.test(sum)) {
    throw new Problem(
      `The ${title} sum is given as "${sum}", expected ${digits} hexadecimal digits.`,
      "Copy it again from where it is published.",
    );
  }
  return sum.toLowerCase();
}

/**
 * Checks that a file is the one that was meant.
 *
 * @param expected The sum it should have, in hexadecimal digits of either case.
 * @throws {Problem} Where it has another, or cannot be read; the message names the file, expected and found.
 */
export async function checkHash(path: string, algorithm: ChecksumAlgorithm, expected: string): Promise<void> {
  const sum = checkSum(expected, algorithm);
  const found = await hashFile(path, algorithm);
  if (found !== sum) {
    throw new Problem(
      `${path} has the ${known[algorithm].title} sum ${found}, expected ${sum}.`,
      "It is damaged or another version: delete it, and get it again.",
    );
  }
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
