import { createHash } from "node:crypto";

import { canonicalJson } from "../../files/canonical-json";
import { checkPreparation, type PreparationOptions } from "./configuration";

/** Raised whenever the same settings would give other numbers than before, so that no cache of the old ones is used. */
const version = 1;

/**
 * Hashes a preparation, to tell whether two are the same.
 *
 * @returns SHA-256 in 64 hexadecimal digits, of the settings and of the version of the code that carries them out.
 * @throws {Problem} Where a setting is unknown or out of range.
 */
export function hashPreparation(options: Partial<PreparationOptions>): string {
  const content = canonicalJson({ version, preparation: checkPreparation(options) });
  return createHash("sha256").update(content).digest("hex");
}
