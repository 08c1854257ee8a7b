import { closeSync, readSync } from "node:fs";

import { chooseFrames } from "../../dicom/choose-frames";
import type { GrayFrame } from "../../dicom/display";
import type { DicomFacts, DicomIdentity } from "../../dicom/facts";
import { openDicom } from "../../dicom/open-dicom";
import { recogniseDicom, bytesToRecognise } from "../../dicom/recognise";
import { openRegular, readWhole } from "../../files/read-whole";
import type { Box, Picture } from "../../pictures/picture";
import { Problem } from "../../runtime/problem";
import { findMarks } from "../inspect/marks";
import { pathOf } from "../own/sort-files";
import type { FoundFile } from "../own/walk-files";
import { cutOut } from "../prepare/cut-out";

/** How DICOM is brought in. */
export interface DicomSettings {
  /** Frames that are taken of a cine loop: its middle one, or several at equal distances. Default: 1. */
  readonly frames: number;
  /** What is kept of a picture whose file does not say where the tissue is: all, a box, or nothing, which refuses it. */
  readonly area: "whole" | Box | null;
}

/** An image that a DICOM file gives: a frame, or a part of one. */
export interface DicomImage {
  readonly file: FoundFile;
  /** The frame, from 0, and how many the file has. */
  readonly frame: number;
  readonly frames: number;
  /** Which of several regions of tissue, from 0, and how many there are. */
  readonly region: number;
  readonly regions: number;
  /** What is kept of the frame; null: all of it. */
  readonly box: Box | null;
  /** Millimetres from one pixel to the next; null where the file does not say, or says two for the two directions. */
  readonly pixelSize: number | null;
  /** Bits that the gray levels have. */
  readonly bits: 8 | 16;
  readonly facts: DicomFacts;
  readonly identity: DicomIdentity;
  /** Where text is burned into what is kept, as far as it is found, in its pixels. */
  readonly texts: readonly Box[];
}

/** What DICOM files give, before anything is copied. */
export interface DicomLook {
  readonly images: readonly DicomImage[];
  /** Files, or parts of them, that are left out, by the reason. */
  readonly leftOut: ReadonlyMap<string, readonly string[]>;
}

/** The largest DICOM file that is read. */
export const largestDicom = 2 ** 30;

/** The share of clearly coloured pixels from which on a picture is no gray one with coloured marks. */
const mostColoured = 0.02;

/** Says whether a file is DICOM, by its beginning. */
export function isDicomFile({ path, refused }: FoundFile): boolean {
  if (refused !== null) return false;
  return recogniseDicom(readBeginning(path)) !== null;
}

/**
 * Looks at DICOM files: which images they give, whose they are, and whether text is burned into what is kept. Tissue in gray is
 * kept; what shows flow or stiffness in colour, no tissue, or no picture at all is left out and counted.
 *
 * @throws {Problem} Where a file is damaged or of a kind that is not known, or does not say where the tissue is while nothing was
 *   said of that.
 */
export async function lookAtDicom(
  files: readonly FoundFile[],
  settings: DicomSettings,
  onProgress?: (done: number, total: number) => void,
): Promise<DicomLook> {
  const images: DicomImage[] = [];
  const leftOut = new Map<string, string[]>();
  for (const [index, file] of files.entries()) {
    const name = pathOf(file);
    const leave = (reason: string) => leftOut.set(reason, [...(leftOut.get(reason) ?? []), name]);
    images.push(...(await imagesOf(file, settings, leave)));
    onProgress?.(index + 1, files.length);
  }
  return { images, leftOut };
}

async function imagesOf(
  file: FoundFile,
  { frames: wanted, area }: DicomSettings,
  leave: (reason: string) => void,
): Promise<DicomImage[]> {
  const dicom = await openDicom(readWhole(file.path, largestDicom), file.path);
  const { header, facts, identity, regions } = dicom;
  const { rows, columns, frames } = header;
  if (regions.stated > 0 && regions.tissue.length === 0) {
    leave("no region of tissue, such as a spectrum or an M-mode");
    return [];
  }
  const kept =
    regions.tissue.length > 0
      ? regions.tissue
      : [{ box: givenBox(file, area, columns, rows), pixelSize: null, flow: false }];
  const images: DicomImage[] = [];
  for (const frame of chooseFrames(frames, wanted)) {
    const shown = await dicom.readGray(frame);
    for (const [region, { box, pixelSize, flow }] of kept.entries()) {
      if (flow) {
        leave("colour flow (Doppler) over the tissue");
        continue;
      }
      if (colouredShare(shown, box) > mostColoured) {
        leave("colours over the tissue, as of Doppler or elastography");
        continue;
      }
      const even = pixelSize !== null && Math.abs(pixelSize.across / pixelSize.down - 1) < 0.01;
      images.push({
        ...{ file, frame, frames, region, regions: kept.length, box, facts, identity },
        pixelSize: even ? pixelSize.across : null,
        bits: header.bitsStored > 8 ? 16 : 8,
        texts: findMarks(cropPicture(shown, box)).text,
      });
    }
  }
  return images;
}

function givenBox(file: FoundFile, area: DicomSettings["area"], columns: number, rows: number): Box | null {
  if (area === "whole") return null;
  if (area === null) {
    throw new Problem(
      `${file.path} does not say where in the picture the tissue is: names, dates and rulers could stay in it.`,
      "Say what is kept of such pictures: --area LEFT,TOP,WIDTH,HEIGHT in pixels, or --area whole if nothing is written in them; or leave the file out: --leave-out.",
    );
  }
  if (area.left + area.width <= columns && area.top + area.height <= rows) return area;
  throw new Problem(
    `${file.path} has ${columns} × ${rows} pixels, and the area ${area.left},${area.top},${area.width},${area.height} lies not within.`,
    "Give another area, or leave the file out: --leave-out.",
  );
}

function colouredShare({ width, height, coloured }: GrayFrame, box: Box | null): number {
  if (coloured === null) return 0;
  const inner = box ?? { left: 0, top: 0, width, height };
  let count = 0;
  for (let row = inner.top; row < inner.top + inner.height; row++)
    for (let column = inner.left; column < inner.left + inner.width; column++) count += coloured[row * width + column]!;
  return count / (inner.width * inner.height);
}

/** Takes a part out of a picture; null takes all. */
export function cropPicture(picture: Picture, box: Box | null): Picture {
  return box === null ? picture : cutOut(picture, box, "black");
}

function readBeginning(path: string): Buffer {
  const { file } = openRegular(path);
  try {
    const bytes = Buffer.alloc(bytesToRecognise);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0));
  } finally {
    closeSync(file);
  }
}
