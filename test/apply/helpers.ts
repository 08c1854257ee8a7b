import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { releaseModel, type ReleaseContents } from "../../lib/release/release-model";
import type { AppliedRow } from "../../lib/apply/applied-row";
import { rectangle, texture, writePicture } from "../helpers/pictures";
import { exampleContents } from "../release/example";

/** Preparations of one small network: of the lesion, of the whole picture, of a window in millimetres, and with the lesion's mask. */
export const kinds = {
  lesion: { size: 16, channels: ["gray", "size"] },
  whole: { size: 16, channels: ["gray", "gray"], region: { kind: "whole" } },
  window: { size: 16, channels: ["gray", "size"], region: { kind: "window", side: 12 } },
  mask: { size: 16, channels: ["gray", "mask"] },
} as const satisfies Record<string, ReleaseContents["preparation"]>;

/** Releases a small network, with weights by chance. */
export async function releaseExample(
  folder: string,
  kind: keyof typeof kinds,
  given: Partial<ReleaseContents> = {},
): Promise<string> {
  const normalisation = { mean: [0.5, 0.5], deviation: [0.3, 0.3] };
  const contents = exampleContents({ preparation: kinds[kind], normalisation, ...given });
  try {
    await releaseModel(folder, contents);
  } finally {
    contents.weights.dispose();
  }
  return folder;
}

/** Fills a folder with images of 60 × 50, each another one, and with masks. */
export function fillFolder(folder: string, files: readonly string[]): string {
  for (const [index, file] of files.entries()) {
    const levels = file.includes("_mask") ? rectangle(20, 15, 18, 14) : texture(index + 3);
    writePicture(join(folder, file), levels, { width: 60, height: 50 });
  }
  return folder;
}

/** Writes a file, with its folder. */
export function put(path: string, contents: string | Uint8Array): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  return path;
}

/** What became of each file. */
export function fatesOf(rows: readonly AppliedRow[]): [file: string, fate: string][] {
  return rows.map(({ file, part, fate }) => [part === "" ? file : `${file}, ${part}`, fate]);
}
