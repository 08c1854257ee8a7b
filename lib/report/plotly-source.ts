import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { projectRoot } from "../runtime/environment";
import { Problem } from "../runtime/problem";

/** The program that draws figures, packed to stand in a page. */
export interface PackedProgram {
  /** The program, compressed by gzip, as base64. */
  readonly packed: string;
  /** The SHA-256 of the program itself, as a content security policy names it: "sha256-…". */
  readonly hash: string;
}

/** Packing takes a second. */
let kept: PackedProgram | null = null;

/**
 * Packs plotly as it was installed. Compressed it takes a quarter of its ten megabytes, and browsers unpack it themselves.
 *
 * @throws {Problem} Where plotly is not installed.
 */
export function packPlotly(): PackedProgram {
  kept ??= pack(join(projectRoot, "node_modules", "plotly.js-dist", "plotly.js"));
  return kept;
}

function pack(file: string): PackedProgram {
  let source: Buffer;
  try {
    source = readFileSync(file);
  } catch {
    throw new Problem("The program that draws figures, plotly.js-dist, is not installed.", "Run `npm run setup`.");
  }
  return { packed: gzipSync(source, { level: 9 }).toString("base64"), hash: hashOfScript(source) };
}

/** Hashes a script as a content security policy names it: "sha256-…". */
export function hashOfScript(source: string | Uint8Array): string {
  return `sha256-${createHash("sha256").update(source).digest("base64")}`;
}
