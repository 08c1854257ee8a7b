import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { encode } from "fast-png";

import { generatePhantoms } from "../data/phantom/phantom";
import { fileProblem } from "../files/explain-failure";
import { makeFolder } from "../files/write-atomically";
import { createRandom } from "../runtime/random";

/** How many, of how many pixels a side: another size than other phantoms. */
const [count, size] = [80, 112];

/** What a brighter device makes of gray levels, 0 to 1. */
const brighten = (level: number) => 0.15 + 0.8 * level ** 0.7;

/**
 * Writes the images of a hospital that does not exist, as a set of one's own: phantoms of other patients, brighter, larger and harder to
 * tell apart, with their outlines and with two views of most patients. They are synthetic: nothing on them says anything about patients.
 *
 * @param folder Where to.
 * @throws {Problem} Where they cannot be written.
 */
export function writeExampleHospital(folder: string): void {
  try {
    const phantoms = generatePhantoms({ count, size, malignant: 0.45, difficulty: 0.7, random: createRandom(77) });
    const gray = (data: Uint8Array) => encode({ width: size, height: size, channels: 1, depth: 8, data });
    const rows = phantoms.map(({ pixels, mask, label, patient, device }, index) => {
      const name = `scan${String(index + 1).padStart(3, "0")}`;
      makeFolder(join(folder, label));
      const levels = Uint8Array.from(pixels, (level) => Math.round(255 * brighten(level)));
      writeFileSync(join(folder, label, `${name}.png`), gray(levels));
      writeFileSync(join(folder, label, `${name}_mask.png`), gray(Uint8Array.from(mask, (inside) => 255 * inside)));
      return `${name},${patient},${device}`;
    });
    // Last: what was cut off is written again.
    writeFileSync(join(folder, "images.csv"), ["image,patient,device", ...rows, ""].join("\n"));
  } catch (error) {
    throw fileProblem(folder, "written", error);
  }
}
