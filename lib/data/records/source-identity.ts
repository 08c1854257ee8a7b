import { statSync } from "node:fs";

import type { ImageRecord, PixelSource } from "./record";

/**
 * Tells what the system knows of the files of an image without opening them: size, time of change, and time of any change
 * to the entry, which nobody can set back. As long as this is the same, so is what they hold.
 *
 * @returns One line for each source; a missing file has a line of its own kind.
 */
export function identifySources(record: Pick<ImageRecord, "image" | "masks">): string[] {
  return [record.image, ...record.masks].map(identify);
}

function identify(source: PixelSource): string {
  if (source.kind === "phantom") return JSON.stringify(source);
  const stat = statSync(source.path, { bigint: true, throwIfNoEntry: false });
  const state = stat === undefined ? "missing" : `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
  return `${JSON.stringify(source)} ${state}`;
}
