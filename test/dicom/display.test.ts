import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { readDisplay, showFrame } from "../../lib/dicom/display";
import { readPixelHeader } from "../../lib/dicom/header";
import { parseDicom } from "../../lib/dicom/parse";
import { pictureElements, writeDicom, type ElementList } from "../helpers/dicom";

async function displayOf(others: ElementList) {
  const parsed = await parseDicom(writeDicom(pictureElements(4, 1, new Uint8Array(8), others)), "a.dcm");
  return () => readDisplay(parsed.dataSet, readPixelHeader(parsed, "a.dcm"), "a.dcm");
}
const show = async (values: number[], others: ElementList) =>
  [
    ...showFrame(
      { rows: 1, columns: values.length, samples: 1, values: Int16Array.from(values) },
      (await displayOf(others))(),
    ).pixels,
  ].map((level) => Math.round(level * 1e4) / 1e4);

const twelve: ElementList = { "0028,0100": ["US", 16], "0028,0101": ["US", 12], "0028,0102": ["US", 11] };

describe("readDisplay(dataSet, header, name) and showFrame(frame, display)", () => {
  it("spans what the stored bits can hold where there is no window", async () => {
    deepEqual(await show([0, 255], {}), [0, 1]);
    deepEqual(await show([0, 4095, 1365], twelve), [0, 1, 0.3333]);
    deepEqual(await show([-2048, 2047], { ...twelve, "0028,0103": ["US", 1] }), [0, 1]);
  });

  it("turns the lowest sample white in MONOCHROME1", async () => {
    deepEqual(await show([0, 255, 51], { "0028,0004": ["CS", "MONOCHROME1"] }), [1, 0, 0.8]);
  });

  it("shows the example of a window in the standard (C.11.2.1.2): center 2048, width 4096", async () => {
    const window: ElementList = { "0028,1050": ["DS", "2048"], "0028,1051": ["DS", "4096"] };
    deepEqual(await show([0, 4095, -5, 5000], { ...twelve, ...window }), [0, 1, 0, 1]);
    deepEqual(await show([50], { ...twelve, "0028,1050": ["DS", "50\\900"], "0028,1051": ["DS", "101\\9"] }), [0.505]);
  });

  it("rescales before it applies the window", async () => {
    const window: ElementList = {
      "0028,1050": ["DS", "0"],
      "0028,1051": ["DS", "100"],
      "0028,1052": ["DS", "-100"],
      "0028,1053": ["DS", "2"],
      "0028,1056": ["CS", "LINEAR_EXACT"],
    };
    deepEqual(await show([50, 25, 75, 60], { ...twelve, ...window }), [0.5, 0, 1, 0.7]);
    deepEqual(await show([50], { ...twelve, ...window, "0028,1056": ["CS", "SIGMOID"] }), [0.5]);
  });

  it("refuses tables and numbers that cannot be, by name", async () => {
    const table: ElementList = { "0028,3002": ["US", [2, 0, 16]] };
    const wrong: readonly [ElementList, RegExp][] = [
      [{ "0028,3000": ["SQ", [table]] }, /by a table/],
      [{ "0028,3010": ["SQ", [table]] }, /through a table/],
      [{ "0028,1053": ["DS", "0"] }, /by 0/],
      [{ "0028,1050": ["DS", "wide"] }, /no number/],
      [{ "0028,1050": ["DS", "5"], "0028,1051": ["DS", "0"] }, /a window 0 wide/],
      [{ "0028,1056": ["CS", "ROUND"] }, /"ROUND"/],
    ];
    for (const [others, message] of wrong) {
      const reading = await displayOf(others);
      throws(reading, (error: Error) => error.message.startsWith("a.dcm ") && message.test(error.message));
    }
  });

  it("gives the luminance of colours, gray kept exactly, and marks what is clearly coloured", async () => {
    const values = Uint8Array.of(77, 77, 77, 255, 0, 0, 100, 120, 110, 0, 0, 0);
    const { pixels, coloured } = showFrame({ rows: 1, columns: 4, samples: 3, values }, (await displayOf({}))());
    equal(pixels[0], Math.fround(77 / 255));
    ok(Math.abs(pixels[1]! - 0.299) < 1e-6);
    deepEqual([...coloured!], [0, 1, 0, 0]);
  });
});
