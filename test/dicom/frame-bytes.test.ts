import { deepEqual, rejects } from "node:assert/strict";

import { findFrames } from "../../lib/dicom/frame-bytes";
import { parseDicom } from "../../lib/dicom/parse";
import { pictureElements, writeDicom, type DicomForm, type ElementList } from "../helpers/dicom";

const jpeg = (...rest: number[]) => Uint8Array.of(0xff, 0xd8, ...rest);
const rle = "1.2.840.10008.1.2.5";

async function framesOf(frames: number, form: DicomForm, others: ElementList = {}): Promise<number[][]> {
  const elements = {
    ...pictureElements(2, 2, new Uint8Array(0), others),
    "7fe0,0010": ["OB", new Uint8Array(0)] as const,
  };
  const parsed = await parseDicom(writeDicom(elements, { syntax: rle, ...form }), "a.dcm");
  const streamOf = findFrames(parsed, frames, "a.dcm");
  return Array.from({ length: frames }, (_, index) => [...streamOf(index)]);
}

describe("findFrames(parsed, frames, name)", () => {
  it("joins all fragments of a single frame", async () => {
    deepEqual(await framesOf(1, { fragments: [Uint8Array.of(1, 2), Uint8Array.of(3, 4)] }), [[1, 2, 3, 4]]);
  });

  it("goes by the basic table of offsets", async () => {
    const fragments = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6)];
    deepEqual(await framesOf(2, { fragments, offsets: [0, 10] }), [
      [1, 2],
      [3, 4, 5, 6],
    ]);
    deepEqual(await framesOf(2, { fragments, offsets: [0, 20] }), [
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  it("goes by the extended table before the basic one", async () => {
    const table = Buffer.alloc(16);
    table.writeBigUInt64LE(20n, 8);
    const fragments = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6)];
    deepEqual(await framesOf(2, { fragments, offsets: [0, 10] }, { "7fe0,0001": ["OV", table] }), [
      [1, 2, 3, 4],
      [5, 6],
    ]);
  });

  it("takes a fragment a frame without a table, empty ones at the end aside", async () => {
    const fragments = [Uint8Array.of(1, 2), Uint8Array.of(3, 4), new Uint8Array(0)];
    deepEqual(await framesOf(2, { fragments }), [
      [1, 2],
      [3, 4],
    ]);
  });

  it("begins a frame where a stream begins, if nothing else tells", async () => {
    deepEqual(await framesOf(2, { fragments: [jpeg(1, 2), jpeg(3, 4), Uint8Array.of(5, 6)] }), [
      [0xff, 0xd8, 1, 2],
      [0xff, 0xd8, 3, 4, 5, 6],
    ]);
  });

  it("refuses fragments that do not tell, by name", async () => {
    const fragments = [1, 2, 3].map((byte) => Uint8Array.of(byte, byte));
    await rejects(framesOf(2, { fragments }), /^Problem: a\.dcm states 2 frames, but holds 3 fragments/);
    await rejects(framesOf(2, { fragments, offsets: [0, 11] }), /^Problem: a\.dcm states 2 frames/);
    await rejects(framesOf(1, { fragments: [] }), /holds 0 fragments/);
  });
});
