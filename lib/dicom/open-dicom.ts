import { withinFile } from "../files/within-file";
import { readDisplay, showFrame, type GrayFrame } from "./display";
import { readFacts, readIdentity, type DicomFacts, type DicomIdentity } from "./facts";
import { readPixelHeader, type PixelHeader } from "./header";
import { parseDicom } from "./parse";
import { openFrames, type StoredFrame } from "./read-frame";
import { readRegions, type Regions } from "./ultrasound-regions";

/** An ultrasound image or cine loop in a DICOM file. */
export interface DicomFile {
  readonly header: PixelHeader;
  readonly facts: DicomFacts;
  readonly identity: DicomIdentity;
  readonly regions: Regions;
  /** Decodes one frame, from 0, as it is stored. */
  readonly readStored: (index: number) => Promise<StoredFrame>;
  /** Decodes one frame, from 0, as it is meant to be shown. */
  readonly readGray: (index: number) => Promise<GrayFrame>;
}

/**
 * Opens a DICOM file: uncompressed in any order of bytes, deflated, run-length coded, JPEG (baseline, progressive and
 * lossless), JPEG-LS or JPEG 2000; gray, RGB, YCbCr or with a palette. Frames are decoded one by one, when they are asked for.
 *
 * @param name The file, for messages.
 * @throws {Problem} Where it is cut off, damaged, no picture, or of a kind that is not known here.
 */
export function openDicom(bytes: Buffer, name: string): Promise<DicomFile> {
  // The library throws texts where an element reaches beyond the file, whenever it is looked at.
  return withinFile(name, () => open(bytes, name), "Copy or export it again.");
}

async function open(bytes: Buffer, name: string): Promise<DicomFile> {
  const parsed = await parseDicom(bytes, name);
  const { dataSet } = parsed;
  const header = readPixelHeader(parsed, name);
  const display = readDisplay(dataSet, header, name);
  const readStored = openFrames(parsed, header, name);
  return {
    header,
    facts: readFacts(dataSet),
    identity: readIdentity(dataSet),
    regions: readRegions(dataSet, header.rows, header.columns),
    readStored,
    readGray: async (index) => showFrame(await readStored(index), display),
  };
}
