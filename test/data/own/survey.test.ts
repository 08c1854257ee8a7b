import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { basename } from "node:path";

import type { Description } from "../../../lib/data/own/description";
import { writeDescription } from "../../../lib/data/own/description";
import { surveyFolder } from "../../../lib/data/own/survey";
import { writeSheet } from "../../helpers/sheets";
import { temporaryFolder } from "../../helpers/temporary";
import { ownFolder } from "./helpers";

const folder = temporaryFolder();
const own = ownFolder(() => folder.path);
const survey = (said?: Partial<Description>) => surveyFolder(folder.path, said);
const read = async (said?: Partial<Description>) => {
  const { records, findings } = await survey(said);
  return {
    records: records.map(({ id, label, patient, masks }) => [
      id,
      label,
      patient,
      masks.map((one) => "path" in one && basename(one.path)),
    ]),
    checks: findings.map(({ severity, check }) => `${severity}: ${check}`),
  };
};

describe("surveyFolder(folder, said)", () => {
  it("gives every file one fate", async () => {
    own.images("benign/1.png", "malignant/2.png", "old/3.png");
    own.masks("benign/1_mask.png", "malignant/9_mask.png");
    own.text("Thumbs.db", "");
    own.text("notes.xyz", "");
    own.text("images.csv", "image,patient\n1,A\n2,B\n");
    const { files } = await survey();
    deepEqual(Object.fromEntries(files.map(({ file, fate }) => [file, fate.kind])), {
      "benign/1.png": "image",
      "benign/1_mask.png": "mask",
      "images.csv": "table",
      "malignant/2.png": "image",
      "malignant/9_mask.png": "refused",
      "notes.xyz": "refused",
      "old/3.png": "refused",
      "Thumbs.db": "ignored",
    });
  });

  it("tells of each file that is not used, and of nothing twice", async () => {
    own.images("benign/1.png", "malignant/2.png", "bening/3.png", "bening/4.png");
    own.text("IM1.raw", "");
    own.text("IM2.raw", "");
    const { findings } = await survey();
    const errors = findings.filter(({ severity }) => severity === "error").map(({ message }) => message);
    equal(errors.length, 2);
    match(errors[0]!, /IM1\.raw is neither a picture nor a table, and so is 1 more \.raw files.*--leave-out "\*\.raw"/);
    match(errors[1]!, /The folder "bening" holds 2 pictures, but is no class.*--value MEANING="bening"/);
    equal(/did you mean/i.test(errors.join()), false);
  });

  it("leaves out what it is told to, and counts it", async () => {
    own.images("benign/1.png", "malignant/2.png", "old/deep/3.png");
    own.text("IM1.raw", "");
    const { files, findings } = await survey({ leaveOut: ["*.raw", "old"] });
    deepEqual(
      files.filter(({ fate }) => fate.kind === "left out").map(({ file }) => file),
      ["IM1.raw", "old/deep/3.png"],
    );
    equal(findings.filter(({ severity }) => severity === "error").length, 0);
  });

  it("finds masks of any name beside their images, and tells of an image without one", async () => {
    own.images("benign/1.png", "benign/2.png", "malignant/1.png");
    own.masks("benign/1_tumor.png", "malignant/1_tumor.png");
    deepEqual(await read(), {
      records: [
        ["benign/1", "benign", undefined, ["1_tumor.png"]],
        ["benign/2", "benign", undefined, []],
        ["malignant/1", "malignant", undefined, ["1_tumor.png"]],
      ],
      checks: ["warning: missing mask", "warning: unknown patients"],
    });
  });

  it("finds masks in a tree of their own, by name and class", async () => {
    own.images("images/benign/1.png", "images/malignant/1.png");
    own.masks("masks/benign/1.png", "masks/malignant/1.png");
    const { records } = await read();
    deepEqual(records, [
      ["benign/1", "benign", undefined, ["1.png"]],
      ["malignant/1", "malignant", undefined, ["1.png"]],
    ]);
    const [first] = (await survey()).records;
    const [mask] = first!.masks;
    ok(mask?.kind === "file" && /masks.benign.1\.png$/.test(mask.path));
  });

  it("takes a flat folder whose labels stand in a workbook, with columns that are called otherwise", async () => {
    own.images("001.png", "002.png", "003.png");
    writeSheet(`${folder.path}/list.xlsx`, [
      ["Datei", "Nr", "Befund"],
      ["001.png", 100, "G"],
      ["002.png", "100.0", "bösartig"],
      ["003", "p1 ", "?"],
    ]);
    await rejects(survey(), /nothing says what the 3 images show.*no column that is called as labels are, but /);
    const said = { columns: { label: "Befund", patient: "Nr" }, values: { G: "benign" as const } };
    const { records, checks } = await read(said);
    deepEqual(records, [
      ["001", "benign", "100", []],
      ["002", "malignant", "100", []],
    ]);
    deepEqual(checks, ["error: label that is none"]);
  });

  it("needs no words the second time", async () => {
    own.images("1.png", "2.png");
    own.text("a.csv", "Datei;Dx\n1;X\n2;Y\n");
    own.text("b.csv", "nothing");
    const said = {
      table: "a.csv",
      columns: { label: "Dx" },
      values: { X: "benign" as const, Y: "malignant" as const },
    };
    const { description } = await survey(said);
    writeDescription(folder.path, description);
    deepEqual((await read()).records, [
      ["1", "benign", undefined, []],
      ["2", "malignant", undefined, []],
    ]);
  });

  it("takes folders for patients, tells so, and does not where it is told not to", async () => {
    own.images("benign/P1/1.png", "benign/P2/1.png", "malignant/p1/1.png", "malignant/P3/1.png");
    const found = await survey();
    deepEqual(
      found.records.map(({ id, patient }) => [id, patient]),
      [
        ["benign/P1/1", "P1"],
        ["benign/P2/1", "P2"],
        ["malignant/p1/1", "P1"],
        ["malignant/P3/1", "P3"],
      ],
    );
    deepEqual(
      found.findings.map(({ check }) => check),
      ["patients by folder"],
    );
    equal((await survey({ patients: "none" })).records[0]!.patient, undefined);
  });

  it("asks whether folders are patients where that is not clear", async () => {
    own.images("benign/GE/1.png", "malignant/Siemens/1.png");
    await rejects(survey(), /nothing says whether those are patients.*--map patient=folder:1, or --map patient=none/);
    equal((await survey({ patients: { folder: 1 } })).records[0]!.patient, "GE");
  });

  it("joins a table by patient where it names no images", async () => {
    own.images("P1/1.png", "P1/2.png", "P2/1.png", "P3/1.png");
    own.text("patients.csv", "PatientID,pathology,Age\nP1,benign,40\np2,malignant,50\nP3,malignant,60\nP4,benign,1\n");
    const { records, findings } = await survey();
    deepEqual(
      records.map(({ id, label, patient, age }) => [id, label, patient, age]),
      [
        ["P1/1", "benign", "P1", 40],
        ["P1/2", "benign", "P1", 40],
        ["P2/1", "malignant", "P2", 50],
        ["P3/1", "malignant", "P3", 60],
      ],
    );
    deepEqual(findings.map(({ check }) => check).sort(), ["patients by folder", "row without an image"]);
  });

  it("says that 0 and 1 were taken for classes, until that was said", async () => {
    own.images("0/1.png", "1/2.png");
    deepEqual((await read()).checks, ["warning: classes as numbers", "warning: unknown patients"]);
    const { records, checks } = await read({ values: { 0: "malignant", 1: "benign" } });
    deepEqual(
      records.map(([, label]) => label),
      ["malignant", "benign"],
    );
    deepEqual(checks, ["warning: unknown patients"]);
  });

  it("refuses two images of one name", async () => {
    own.images("benign/1.png", "benign/1.tif", "malignant/2.png");
    const { records, findings } = await survey();
    equal(records.length, 2);
    match(findings[0]!.message, /benign\/1\.tif and benign\/1\.png would have one name, "benign\/1"/);
  });

  it("keeps what a set of two folders was called before: class and name", async () => {
    own.images("Benign/images/a b.png", "malignant/a b.png");
    deepEqual(
      (await read()).records.map(([id]) => id),
      ["benign/a b", "malignant/a b"],
    );
  });
});
