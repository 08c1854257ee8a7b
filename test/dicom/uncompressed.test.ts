import { deepEqual, throws } from "node:assert/strict";

import { readPixelHeader } from "../../lib/dicom/header";
import { parseDicom, transferSyntaxes } from "../../lib/dicom/parse";
import { readUncompressed } from "../../lib/dicom/uncompressed";
import { pictureElements, writeDicom, type DicomForm, type ElementList } from "../helpers/dicom";

async function read(pixels: Uint8Array, others: ElementList, form: DicomForm = {}, index = 0): Promise<number[]> {
  const elements = pictureElements(2, 2, pixels, others);
  const parsed = await parseDicom(writeDicom(elements, form), "a.dcm");
  return [...readUncompressed(parsed, readPixelHeader(parsed, "a.dcm"), index, "a.dcm")];
}

const deep: ElementList = { "0028,0100": ["US", 16], "0028,0101": ["US", 16], "0028,0102": ["US", 15] };
const colour: ElementList = { "0028,0002": ["US", 3], "0028,0004": ["CS", "RGB"] };

describe("readUncompressed(parsed, header, index, name)", () => {
  it("reads 16 bits in both orders of bytes", async () => {
    const little = Uint8Array.of(1, 0, 2, 1, 3, 2, 255, 255);
    deepEqual(await read(little, deep), [1, 258, 515, 65535]);
    const big = Uint8Array.of(0, 1, 1, 2, 2, 3, 255, 255);
    deepEqual(await read(big, deep, { syntax: transferSyntaxes.bigEndian }), [1, 258, 515, 65535]);
  });

  it("swaps bytes that were written as big-endian words, and no others", async () => {
    const form = { syntax: transferSyntaxes.bigEndian };
    deepEqual(await read(Uint8Array.of(2, 1, 4, 3), {}, form), [1, 2, 3, 4]);
    deepEqual(
      await read(Uint8Array.of(1, 2, 3, 4), { "7fe0,0010": ["OB", Uint8Array.of(1, 2, 3, 4)] }, form),
      [1, 2, 3, 4],
    );
  });

  it("interleaves planes, and leaves interleaved colours as they are", async () => {
    const values = Uint8Array.from({ length: 12 }, (_, place) => place);
    deepEqual(await read(values, colour), [...values]);
    deepEqual(await read(values, { ...colour, "0028,0006": ["US", 1] }), [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
  });

  it("gives two pixels their shared colours", async () => {
    const others: ElementList = { "0028,0002": ["US", 3], "0028,0004": ["CS", "YBR_FULL_422"] };
    deepEqual(
      await read(Uint8Array.of(1, 2, 100, 200, 3, 4, 101, 201), others),
      [1, 100, 200, 2, 100, 200, 3, 101, 201, 4, 101, 201],
    );
  });

  it("reads each frame from its own place", async () => {
    const values = Uint8Array.from({ length: 12 }, (_, place) => place);
    deepEqual(await read(values, { "0028,0008": ["IS", "3"] }, {}, 2), [8, 9, 10, 11]);
  });

  it("refuses fewer bytes than the header states, by name", async () => {
    let message = "";
    try {
      await read(Uint8Array.of(1, 2), {});
    } catch (error) {
      message = (error as Error).message;
    }
    deepEqual(message, "a.dcm holds 2 bytes of pixels, expected 4: it is cut off. Copy or export it again.");
    const parsed = await parseDicom(
      writeDicom(
        pictureElements(3, 2, new Uint8Array(12), { "0028,0002": ["US", 3], "0028,0004": ["CS", "YBR_FULL_422"] }),
      ),
      "odd.dcm",
    );
    throws(
      () => readUncompressed(parsed, readPixelHeader(parsed, "odd.dcm"), 0, "odd.dcm"),
      /odd\.dcm halves the colours of 3 columns/,
    );
  });
});
