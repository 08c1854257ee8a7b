import { basename } from "node:path";

import { readMatlab } from "../../files/matlab";
import type { MatlabStructs } from "../../files/matlab-matrix";
import { readOnce } from "../../files/read-once";
import type { Mask, Picture } from "../../pictures/picture";
import { formBMode } from "../../pictures/radio-frequency";
import { resize } from "../../pictures/resize";
import { Problem } from "../../runtime/problem";
import type { PixelSource } from "./record";

/** A scan in a MATLAB file. */
type ScanSource = Extract<PixelSource, { kind: "scan" }>;

/** How OASBUD was recorded: samples a second, metres a second in tissue, metres across all lines. */
const recording = { sampling: 40e6, sound: 1540, aperture: 0.038 };

/** The range of decibels that is shown. */
const decibels = 50;

/**
 * Reads the list of lesions of a MATLAB file, or gives what was read before: 100 lesions come one after the other from it.
 *
 * @throws {Problem} Where it is missing, damaged, or has no list of structs called "data".
 */
export const openScans: (path: string) => Promise<MatlabStructs> = readOnce(readLesions);

async function readLesions(path: string): Promise<MatlabStructs> {
  const value = await readMatlab(path, { variable: "data" });
  if (value.kind === "structs") return value;
  throw new Problem(
    `${path}: "data" holds ${value.kind}, expected a list of structs.`,
    "Look whether it is the right file.",
  );
}

/** Millimetres from one pixel to the next, along rows and columns, of the pictures that are made of scans. */
export function scanPixelSize(lines: number): number {
  return (1000 * recording.aperture) / lines;
}

/**
 * Makes the B-mode picture of a scan, with pixels as high as they are wide: samples lie four times closer than lines.
 *
 * @throws {Problem} Where the file, the lesion or the field is missing, or holds no scan.
 */
export async function readScan(source: ScanSource): Promise<Picture> {
  const { samples, lines, values } = await readNumbers(source);
  const picture = formBMode({ samples, lines, echoes: values }, decibels);
  return resize(picture, lines, rowsOf(samples, lines), { filter: "bicubic" });
}

/**
 * Reads the region of interest of a scan as a mask, in the size of its picture.
 *
 * @throws {Problem} Where the file, the lesion or the field is missing, or holds no region.
 */
export async function readScanMask(source: ScanSource): Promise<Mask> {
  const { samples, lines, values } = await readNumbers(source);
  const height = rowsOf(samples, lines);
  const pixels = new Uint8Array(lines * height);
  for (let row = 0; row < height; row++) {
    const sample = Math.min(samples - 1, Math.floor(((row + 0.5) * samples) / height));
    for (let line = 0; line < lines; line++) pixels[row * lines + line] = values[line * samples + sample]! > 0 ? 1 : 0;
  }
  return { width: lines, height, pixels };
}

function rowsOf(samples: number, lines: number): number {
  const millimetres = (1000 * samples * recording.sound) / (2 * recording.sampling);
  return Math.max(1, Math.round(millimetres / scanPixelSize(lines)));
}

async function readNumbers({
  path,
  lesion,
  field,
}: ScanSource): Promise<{ samples: number; lines: number; values: ArrayLike<number> }> {
  const lesions = await openScans(path);
  const place = `${basename(path)}: lesion ${lesion + 1}, ${field}`;
  if (!(lesion >= 0 && lesion < lesions.count))
    throw new Problem(`${place}: there are ${lesions.count} lesions.`, "Look whether it is the right file.");
  const value = lesions.read(lesion, field);
  const [samples = 0, lines = 0] = value.kind === "numbers" ? value.shape : [];
  if (value.kind !== "numbers" || value.shape.length !== 2 || samples < 2 || lines < 2) {
    throw new Problem(
      `${place} is ${value.kind} of ${value.shape.join(" × ")}, expected samples × lines.`,
      "Look whether it is the right file.",
    );
  }
  if (value.data instanceof BigInt64Array || value.data instanceof BigUint64Array) {
    throw new Problem(
      `${place} holds whole numbers of 64 bits, expected echoes.`,
      "Look whether it is the right file.",
    );
  }
  return { samples, lines, values: value.data };
}
