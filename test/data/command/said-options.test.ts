import { deepEqual, equal, throws } from "node:assert/strict";

import { readWords, saysAnything } from "../../../lib/data/command/said-options";

describe("readWords(given)", () => {
  it("reads columns, words, masks, patients, bits and what is left out", () => {
    deepEqual(
      readWords({
        map: ["patient=PatientID", "pixel_size=mm per = pixel"],
        value: ["malignant=M", "excluded=unclear case"],
        masks: "suffix=_seg",
        table: "a.xlsx",
        bits: "12",
        "leave-out": ["*.dcm"],
      }),
      {
        columns: { patient: "PatientID", pixelSize: "mm per = pixel" },
        values: { M: "malignant", "unclear case": "excluded" },
        leaveOut: ["*.dcm"],
        patients: "table",
        masks: { suffix: "_seg" },
        table: "a.xlsx",
        bits: 12,
      },
    );
    deepEqual(readWords({ map: ["patient=folder:2"], masks: "none" }).patients, { folder: 2 });
    equal(readWords({ map: ["patient=none"] }).patients, "none");
  });

  it("refuses fields, meanings and forms that are none", () => {
    throws(() => readWords({ map: ["patent=ID"] }), /there is no field "patent".*Fields are image, patient/);
    throws(() => readWords({ map: ["patient"] }), /--map has "patient", expected two words with "=" between/);
    throws(
      () => readWords({ value: ["cancer=M"] }),
      /there is no "cancer"\. Meanings are benign, malignant, normal, excluded/,
    );
    throws(() => readWords({ masks: "sufix=_seg" }), /masks/);
    throws(() => readWords({ bits: "many" }), /bits/);
  });
});

describe("saysAnything(said)", () => {
  it("tells whether an option was given", () => {
    equal(saysAnything(readWords({})), false);
    equal(saysAnything(readWords({ bits: "12" })), true);
  });
});
