import type { DataSet } from "dicom-parser";

import { mostPixels } from "../pictures/picture";
import { Problem } from "../runtime/problem";
import type { ParsedDicom } from "./parse";

/** How samples of an image stand for light. */
export type Photometric =
  "MONOCHROME1" | "MONOCHROME2" | "RGB" | "YBR_FULL" | "YBR_FULL_422" | "YBR_RCT" | "YBR_ICT" | "PALETTE COLOR";

const photometrics: readonly string[] = [
  "MONOCHROME1",
  "MONOCHROME2",
  "RGB",
  "YBR_FULL",
  "YBR_FULL_422",
  "YBR_RCT",
  "YBR_ICT",
  "PALETTE COLOR",
] satisfies Photometric[];

/** What says how the pixels of a DICOM file are written. */
export interface PixelHeader {
  readonly rows: number;
  readonly columns: number;
  /** Pictures in the file: 1, or those of a cine loop. */
  readonly frames: number;
  /** Samples of a pixel: 1 or 3. */
  readonly samples: 1 | 3;
  readonly photometric: Photometric;
  /** Whether the samples lie plane by plane; said of uncompressed pixels alone. */
  readonly planar: boolean;
  /** Bits from one sample to the next. */
  readonly bitsAllocated: 8 | 16;
  /** Bits of a sample that count, at most those allocated. */
  readonly bitsStored: number;
  /** The place of the highest bit that counts, from 0. */
  readonly highBit: number;
  readonly signed: boolean;
}

/** Most frames of one file: ten minutes at 60 a second. */
const mostFrames = 36_000;

/** What holds no picture that can be read here, by the name of its class. */
const otherClasses = new Map([
  ["1.2.840.10008.1.3.10", "a DICOMDIR, which lists other files"],
  ["1.2.840.10008.5.1.4.1.1.6.2", "an Enhanced US Volume, which holds a body in three dimensions"],
]);

/**
 * Reads how the pixels of a file are written, and holds every number to its bounds before memory is taken for it.
 *
 * @throws {Problem} Where it holds no picture, or one that is not known here.
 */
export function readPixelHeader({ dataSet }: ParsedDicom, name: string): PixelHeader {
  const kind = dataSet.string("x00020002") ?? dataSet.string("x00080016") ?? "";
  const other = otherClasses.get(kind);
  if (other !== undefined) throw new Problem(`${name} is ${other}.`, "Leave it out; bring the pictures themselves.");
  const refuse = (what: string): never => {
    throw new Problem(`${name} ${what}.`, "Export it again as an ordinary ultrasound image, or leave it out.");
  };
  if (dataSet.elements.x7fe00010 === undefined) refuse("is DICOM without a picture, such as a report");
  const rows = dataSet.uint16("x00280010") ?? 0;
  const columns = dataSet.uint16("x00280011") ?? 0;
  if (rows < 1 || columns < 1) refuse(`states ${columns} × ${rows} pixels`);
  if (rows * columns > mostPixels) refuse(`states ${columns} × ${rows} pixels, more than ${mostPixels}`);
  const frames = integerText(dataSet, "x00280008") ?? 1;
  if (!(frames >= 1 && frames <= mostFrames)) refuse(`states ${frames} frames, expected 1 to ${mostFrames}`);
  const samples = dataSet.uint16("x00280002") ?? 1;
  const stated = dataSet.string("x00280004")?.trim() ?? "";
  if (!photometrics.includes(stated)) refuse(`has the photometric interpretation "${stated}", which is not read here`);
  const photometric = stated as Photometric;
  const isColour = !photometric.startsWith("MONOCHROME") && photometric !== "PALETTE COLOR";
  if (samples !== (isColour ? 3 : 1)) refuse(`has ${samples} samples a pixel, but is ${photometric}`);
  const bitsAllocated = dataSet.uint16("x00280100") ?? 0;
  const bitsStored = dataSet.uint16("x00280101") ?? bitsAllocated;
  const highBit = dataSet.uint16("x00280102") ?? bitsStored - 1;
  if (bitsAllocated !== 8 && bitsAllocated !== 16) refuse(`has samples of ${bitsAllocated} bits, expected 8 or 16`);
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit < bitsStored - 1 || highBit >= bitsAllocated)
    refuse(`stores ${bitsStored} bits up to bit ${highBit} of ${bitsAllocated}`);
  if (samples === 3 && bitsAllocated !== 8) refuse(`has colours of ${bitsAllocated} bits, expected 8`);
  return {
    rows,
    columns,
    frames,
    samples: samples as 1 | 3,
    photometric,
    planar: dataSet.uint16("x00280006") === 1,
    bitsAllocated: bitsAllocated as 8 | 16,
    bitsStored,
    highBit,
    signed: dataSet.uint16("x00280103") === 1,
  };
}

function integerText(dataSet: DataSet, tag: string): number | undefined {
  const text = dataSet.string(tag)?.trim();
  return text === undefined || text === "" ? undefined : /^\+?\d{1,9}$/.test(text) ? Number(text) : NaN;
}
