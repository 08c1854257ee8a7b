import { deepEqual, throws } from "node:assert/strict";

import { readPixelHeader } from "../../lib/dicom/header";
import { parseDicom } from "../../lib/dicom/parse";
import type { Problem } from "../../lib/runtime/problem";
import { pictureElements, writeDicom, type ElementList } from "../helpers/dicom";

const read = async (others: ElementList) => {
  const parsed = await parseDicom(writeDicom(pictureElements(3, 2, new Uint8Array(6), others)), "a.dcm");
  return () => readPixelHeader(parsed, "a.dcm");
};

describe("readPixelHeader(parsed, name)", () => {
  it("reads how pixels are written", async () => {
    deepEqual(
      (
        await read({
          "0028,0008": ["IS", "12"],
          "0028,0100": ["US", 16],
          "0028,0101": ["US", 12],
          "0028,0102": ["US", 11],
          "0028,0103": ["US", 1],
        })
      )(),
      {
        rows: 2,
        columns: 3,
        frames: 12,
        samples: 1,
        photometric: "MONOCHROME2",
        planar: false,
        bitsAllocated: 16,
        bitsStored: 12,
        highBit: 11,
        signed: true,
      },
    );
  });

  const wrong: readonly [string, ElementList, RegExp][] = [
    ["no rows", { "0028,0010": ["US", 0] }, /states 3 × 0 pixels/],
    [
      "more pixels than memory is given to",
      { "0028,0010": ["US", 65535], "0028,0011": ["US", 65535] },
      /65535 × 65535/,
    ],
    ["no frames", { "0028,0008": ["IS", "0"] }, /states 0 frames/],
    ["frames that are no number", { "0028,0008": ["IS", "many"] }, /states NaN frames/],
    ["endless frames", { "0028,0008": ["IS", "99999999"] }, /states 99999999 frames/],
    ["an unknown photometric interpretation", { "0028,0004": ["CS", "CMYK"] }, /"CMYK"/],
    ["colours of one sample", { "0028,0004": ["CS", "RGB"] }, /has 1 samples a pixel, but is RGB/],
    ["samples of 32 bits", { "0028,0100": ["US", 32] }, /samples of 32 bits/],
    ["more bits than it has room for", { "0028,0101": ["US", 12] }, /stores 12 bits up to bit 7 of 8/],
    ["bits above its room", { "0028,0102": ["US", 9] }, /stores 8 bits up to bit 9 of 8/],
    ["a volume", { "0008,0016": ["UI", "1.2.840.10008.5.1.4.1.1.6.2"] }, /Enhanced US Volume/],
  ];
  for (const [what, others, message] of wrong)
    it(`refuses by name: ${what}`, async () => {
      const reading = await read(others);
      throws(reading, (error: Problem) => error.what.startsWith("a.dcm ") && message.test(error.what));
    });

  it("refuses what holds no picture", async () => {
    const { "7fe0,0010": _, ...rest } = pictureElements(3, 2, new Uint8Array(6));
    const parsed = await parseDicom(writeDicom(rest), "report.dcm");
    throws(() => readPixelHeader(parsed, "report.dcm"), /report\.dcm is DICOM without a picture/);
  });
});
