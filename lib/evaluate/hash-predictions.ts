import { canonicalJson } from "../files/canonical-json";
import { hashOf } from "../files/checksum";
import type { PredictionSet } from "./predictions";

/**
 * Hashes what a model said of each image, in whatever order: what is computed from predictions keeps this beside it, and is
 * computed again where it has changed.
 *
 * @returns The SHA-256, as 64 hexadecimal digits; the model's name is no part of it.
 */
export function hashPredictions({ rows }: PredictionSet): string {
  return hashOf(
    rows
      .map((row) => canonicalJson(row))
      .sort()
      .join("\n"),
  );
}
