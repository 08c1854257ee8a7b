import { createHmac, randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { Problem } from "../runtime/problem";

/**
 * Reads the key of the pseudonyms, or makes one: 32 random bytes in a file that its owner alone can read. Whoever has it
 * can find out who is who by trying all numbers; who loses it cannot tell any more that a new image is of a patient who
 * was there before. So it stays with the user, and is written nowhere else.
 *
 * @param path The file.
 * @throws {Problem} Where the file is no key, or others can read it.
 */
export function readPseudonymKey(path: string): Buffer {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Made at once with its rights, and only where there is none.
    writeFileSync(path, `${randomBytes(32).toString("hex")}\n`, { flag: "wx", mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
      throw new Problem(
        `The key of the pseudonyms cannot be written to ${path} (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
        "Name another file with --key.",
      );
    }
  }
  const status = statSync(path);
  if (!status.isFile() || (status.mode & 0o077) !== 0) {
    throw new Problem(
      `The key of the pseudonyms, ${path}, can be read by others than its owner.`,
      `Take their rights away (chmod 600), or make a new key in another file.`,
    );
  }
  const text = readFileSync(path, "latin1").trim();
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Problem(`${path} is no key of pseudonyms: expected 64 hexadecimal digits.`, "Name the right file.");
  }
  return Buffer.from(text, "hex");
}

/**
 * Makes a pseudonym: HMAC-SHA-256 under the key, so that nobody without it can try all numbers, and 80 bits of it, so that
 * no two patients share one.
 *
 * @param kind What is named; two kinds of the same number have different pseudonyms.
 * @param parts What names it: the issuer and the number.
 * @returns The first letter of the kind and 20 hexadecimal digits.
 */
export function pseudonym(key: Buffer, kind: "patient" | "study", parts: readonly string[]): string {
  const digest = createHmac("sha256", key)
    .update([kind, ...parts].join("\0"), "utf8")
    .digest("hex");
  return `${kind[0]!}${digest.slice(0, 20)}`;
}
