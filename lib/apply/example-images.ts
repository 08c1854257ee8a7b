import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";

import { generatePhantoms } from "../data/phantom/phantom";
import { fileProblem } from "../files/explain-failure";
import { makeFolder } from "../files/write-atomically";
import { cacheRoot } from "../runtime/environment";
import { createRandom } from "../runtime/random";

/** How many, of how many pixels a side. */
const [count, size] = [8, 256];

/**
 * Writes images to try things on, where there are none yet: eight phantoms with their masks, as a hospital could hand them over;
 * one of them has lost its mask, and a note lies beside them. They are synthetic: nothing on them says anything about patients.
 *
 * @param folder Where to; default: `example-images` in the cache.
 * @returns The folder.
 * @throws {Problem} Where they cannot be written.
 */
export function writeExampleImages(folder: string = join(cacheRoot(), "example-images")): string {
  const note = join(folder, "note.txt");
  if (existsSync(note)) return folder;
  try {
    makeFolder(folder);
    const phantoms = generatePhantoms({ count, size, random: createRandom(10) });
    for (const [index, { pixels, mask }] of phantoms.entries()) {
      const place = join(folder, `phantom${index + 1}`);
      writeFileSync(`${place}.png`, encodeLevels(pixels));
      if (index < count - 1) writeFileSync(`${place}_mask.png`, encodeLevels(mask));
    }
    writeFileSync(note, "Computed images. They are of no patient.\n");
    return folder;
  } catch (error) {
    throw fileProblem(folder, "written", error);
  }
}

function encodeLevels(levels: ArrayLike<number>): Uint8Array {
  const data = Uint8Array.from(levels, (level) => Math.round(Math.min(1, Math.max(0, level)) * 255));
  return encode({ data, width: size, height: size, channels: 1, depth: 8 });
}
