import { existsSync } from "node:fs";

import { readText } from "../files/read-whole";
import { Problem } from "../runtime/problem";
import { parseJson } from "../runs/json";
import { upgradeStored } from "../space/upgrade";

/**
 * Reads a small JSON file of a study.
 *
 * @returns What it holds; null where there is none.
 * @throws {Problem} Where it is no JSON object.
 */
export function readStudyFile(file: string): Readonly<Record<string, unknown>> | null {
  if (!existsSync(file)) return null;
  try {
    const data = upgradeStored(parseJson(readText(file)));
    if (typeof data === "object" && data !== null && !Array.isArray(data)) return data as Record<string, unknown>;
  } catch {
    // Told below, with what to do.
  }
  throw new Problem(`${file} is damaged.`, "Remove it, and run the notebook that writes it again.");
}
