import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { looksLikeYCbCr, paint, readPalette, toRgb } from "../../lib/dicom/colours";
import { parseDicom } from "../../lib/dicom/parse";
import { pictureElements, writeDicom, type ElementList } from "../helpers/dicom";

describe("toRgb(values)", () => {
  it("turns the primary colours as JFIF tells them", () => {
    const values = Uint8Array.of(76, 85, 255, 150, 44, 21, 29, 255, 107, 255, 128, 128, 0, 128, 128);
    toRgb(values);
    const expected = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0];
    values.forEach((value, place) => {
      ok(Math.abs(value - expected[place]!) <= 2, `${place}: ${value}`);
    });
  });
});

describe("looksLikeYCbCr(values)", () => {
  it("knows gray in YCbCr from gray in RGB", () => {
    const levels = Array.from({ length: 200 }, (_, pixel) => pixel);
    equal(looksLikeYCbCr(Uint8Array.from(levels.flatMap((level) => [level, 128, 128]))), true);
    equal(looksLikeYCbCr(Uint8Array.from(levels.flatMap((level) => [level, level, level]))), false);
    equal(looksLikeYCbCr(new Uint8Array(300).fill(128)), false);
  });
});

describe("readPalette(dataSet, signed, name) and paint(samples, palette)", () => {
  const words = (...values: number[]) => new Uint8Array(Uint16Array.from(values).buffer);
  const palette = async (descriptor: number[], red: Uint8Array, green = red, blue = red) => {
    const others: ElementList = Object.fromEntries(
      [red, green, blue].flatMap((data, index) => [
        [`0028,110${index + 1}`, ["US", descriptor] as const],
        [`0028,120${index + 1}`, ["OW", data] as const],
      ]),
    );
    return (await parseDicom(writeDicom(pictureElements(2, 2, new Uint8Array(4), others)), "a.dcm")).dataSet;
  };

  it("gives samples the high bytes of their entries, and those outside the first or the last", async () => {
    const data = await palette([3, 10, 16], words(0x0100, 0x8000, 0xff00), words(0, 0, 0x1200), words(0, 0, 0));
    const colours = paint([0, 10, 11, 12, 99], readPalette(data, false, "a.dcm"));
    deepEqual([...colours], [1, 0, 0, 1, 0, 0, 128, 0, 0, 255, 18, 0, 255, 18, 0]);
  });

  it("reads entries of 8 bits, in bytes or in words", async () => {
    for (const data of [Uint8Array.of(5, 6, 7, 8), words(5, 6, 7, 8)]) {
      const colours = paint([0, 3], readPalette(await palette([4, 0, 8], data), false, "a.dcm"));
      deepEqual([...colours], [5, 5, 5, 8, 8, 8]);
    }
  });

  it("takes a count of 0 for 65,536, and refuses what is missing or cut off", async () => {
    const all = await palette([0, 0, 16], new Uint8Array(131_072).fill(9));
    equal(readPalette(all, false, "a.dcm").colours[0]!.length, 65_536);
    const short = await palette([0, 0, 16], new Uint8Array(100));
    throws(() => readPalette(short, false, "a.dcm"), /a\.dcm has a palette that is cut off/);
    const odd = await palette([4, 0, 12], new Uint8Array(8));
    throws(() => readPalette(odd, false, "a.dcm"), /entries of 12 bits/);
    const { dataSet } = await parseDicom(writeDicom(pictureElements(2, 2, new Uint8Array(4))), "a.dcm");
    throws(() => readPalette(dataSet, false, "a.dcm"), /missing or segmented/);
  });
});
