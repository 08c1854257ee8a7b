import { deepEqual, match, throws } from "node:assert/strict";
import { resolve } from "node:path";

import type { DicomImage } from "../../../lib/data/command/look-at-dicom";
import { readDicomOptions, tellDicom, textsOf } from "../../../lib/data/command/tell-dicom";
import { captureBundles } from "../../helpers/capture";

const image = (texts: DicomImage["texts"]): DicomImage => ({
  file: { path: "/a/IM1", parts: ["benign", "IM1"], refused: null },
  ...{ frame: 2, frames: 5, region: 0, regions: 1, box: null, pixelSize: 0.2, bits: 8, facts: {}, texts },
  identity: { patient: "A", issuer: "", study: null },
});

describe("readDicomOptions(given)", () => {
  it("reads frames, area and key", () => {
    deepEqual(readDicomOptions({}), {});
    deepEqual(readDicomOptions({ frames: "3", area: "whole", key: "k" }), {
      frames: 3,
      area: "whole",
      keyFile: resolve("k"),
    });
    deepEqual(readDicomOptions({ area: "1,2,30,40" }).area, { left: 1, top: 2, width: 30, height: 40 });
  });

  it("refuses what is no area, and no number", () => {
    for (const area of ["", "all", "1,2,3", "1,2,0,4", "-1,2,3,4", "1,2,3,4,5"])
      throws(() => readDicomOptions({ area }), /--area is/, area);
    throws(() => readDicomOptions({ frames: "0" }), /--frames is "0"/);
  });
});

describe("tellDicom(look, table)", () => {
  const shown = captureBundles();
  it("tells how many images there are, what is left out, and where text stays", () => {
    const text = { left: 3, top: 4, width: 50, height: 9 };
    const table = { name: "liste.xlsx", columns: {}, unused: ["Befund"], rows: [], form: "a workbook" };
    tellDicom({ images: [image([text]), image([])], leftOut: new Map([["colour flow", ["IM7", "IM8"]]]) }, table);
    const all = shown
      .all()
      .map((bundle) => bundle["text/plain"])
      .join("\n");
    match(all, /images +2 +of 1 files; 0 cropped to the tissue/);
    match(all, /left out +2 +colour flow; for example IM7/);
    match(all, /left out +0 +cells of the column "Befund" of liste.xlsx.*--map FIELD="Befund"/);
    match(all, /Text is still burned into 1 image/);
    match(all, /benign\/IM1 +3 +50 × 9 at 3, 4/);
    deepEqual(textsOf([image([])]), []);
  });
});
