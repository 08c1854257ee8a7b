import { deepEqual, rejects, throws } from "node:assert/strict";

import { readPixelHeader } from "../../lib/dicom/header";
import { parseDicom } from "../../lib/dicom/parse";
import { openFrames } from "../../lib/dicom/read-frame";
import { Problem } from "../../lib/runtime/problem";
import {
  losslessJpeg,
  pictureElements,
  runLengthStream,
  writeDicom,
  type DicomForm,
  type ElementList,
} from "../helpers/dicom";

async function open(others: ElementList, pixels: Uint8Array, form: DicomForm = {}) {
  const elements = pictureElements(2, 2, pixels, form.fragments ? { ...others, "7fe0,0010": ["OB", pixels] } : others);
  const parsed = await parseDicom(writeDicom(elements, form), "a.dcm");
  return () => openFrames(parsed, readPixelHeader(parsed, "a.dcm"), "a.dcm");
}
const first = async (others: ElementList, pixels: Uint8Array, form: DicomForm = {}) => [
  ...(await (await open(others, pixels, form))()(0)).values,
];

const bits = (stored: number, high: number, signed = 0): ElementList => ({
  "0028,0100": ["US", 16],
  "0028,0101": ["US", stored],
  "0028,0102": ["US", high],
  "0028,0103": ["US", signed],
});

describe("openFrames(parsed, header, name)", () => {
  it("cuts out the bits that count, and gives signed samples their sign", async () => {
    const words = new Uint8Array(Uint16Array.of(0xf001, 0x0fff, 0x8800, 0x07ff).buffer);
    deepEqual(await first(bits(12, 11), words), [1, 4095, 2048, 2047]);
    deepEqual(await first(bits(12, 11, 1), words), [1, -1, -2048, 2047]);
    deepEqual(await first(bits(12, 15), words), [3840, 255, 2176, 127]);
  });

  it("turns YCbCr into RGB, stated or not, and leaves RGB alone", async () => {
    const colour = (label: string): ElementList => ({ "0028,0002": ["US", 3], "0028,0004": ["CS", label] });
    const gray = Uint8Array.of(10, 128, 128, 20, 128, 128, 30, 128, 128, 40, 128, 128);
    const turned = [10, 10, 10, 20, 20, 20, 30, 30, 30, 40, 40, 40];
    deepEqual(await first(colour("YBR_FULL"), gray), turned);
    deepEqual(await first(colour("RGB"), gray), [...gray]);
    // Run-length coding is written by servers, which forget the label.
    const planes = [0, 1, 2].map((sample) => gray.filter((_, place) => place % 3 === sample));
    const form = { syntax: "1.2.840.10008.1.2.5", fragments: [runLengthStream(planes)] };
    deepEqual(await first(colour("RGB"), new Uint8Array(0), form), turned);
  });

  it("decodes streams by what they are, and cuts their bits as others", async () => {
    const form = { syntax: "1.2.840.10008.1.2.4.70", fragments: [losslessJpeg(2, 2, 12, [1, 2, 3, 4095])] };
    deepEqual(await first(bits(12, 11), new Uint8Array(0), form), [1, 2, 3, 4095]);
  });

  it("refuses video and newer kinds, and names file and frame of what is damaged", async () => {
    for (const [syntax, kind] of [
      ["1.2.840.10008.1.2.4.102", "video"],
      ["1.2.840.10008.1.2.4.201", "high throughput"],
      ["1.2.840.10008.1.2.4.110", "JPEG XL"],
    ] as const) {
      const opening = await open({}, new Uint8Array(0), { syntax, fragments: [Uint8Array.of(1, 2)] });
      throws(opening, (error: Problem) => error.what.startsWith("a.dcm is") && error.what.includes(kind));
    }
    const two = await open({ "0028,0008": ["IS", "2"] }, new Uint8Array(0), {
      syntax: "1.2.840.10008.1.2.4.70",
      fragments: [losslessJpeg(2, 2, 8, [1, 2, 3, 4]), losslessJpeg(2, 2, 8, [1, 2, 3, 4]).subarray(0, 30)],
    });
    deepEqual([...(await two()(0)).values], [1, 2, 3, 4]);
    await rejects(
      two()(1),
      (error: unknown) => error instanceof Problem && error.what.startsWith("a.dcm, frame 2, cannot be decoded"),
    );
  });
});
