import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { describeFolder, plainFolder } from "../../../lib/data/sets/plain-folder";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

/** Writes three images and a table. */
function makeFolder(table?: string, name = "images.csv") {
  for (const file of ["benign/a b.png", "benign/x.png", "malignant/x.png"])
    writePicture(join(folder.path, file), texture(1));
  if (table !== undefined) writeFileSync(join(folder.path, name), table);
}

describe("a folder of one's own", () => {
  it("is seen by its class folders", () => {
    equal(plainFolder.recognise(folder.path), null);
    makeFolder();
    equal(plainFolder.recognise(folder.path), folder.path);
    equal(describeFolder("my hospital").name, "my hospital");
    writePicture(join(folder.path, "flat", "1.png"), texture(1));
    equal(plainFolder.recognise(join(folder.path, "flat")), join(folder.path, "flat"));
  });

  it("says that patients are unknown where there is no table", async () => {
    makeFolder();
    const { records, findings } = await plainFolder.list(folder.path);
    equal(records.length, 3);
    match(
      findings[0]!.message,
      /every image counts as a patient of its own.*images\.csv with the columns image and patient/,
    );
    equal(findings[0]!.severity, "warning");
  });

  it("takes what the table says, of images named with or without class and ending", async () => {
    makeFolder(
      "image,patient,birads,age,side,pixel_size\na b.png,P 7,4a,52,Left,0.08\nbenign/x,P 7,,,,\nmalignant\\x.png,P 9,5,not available,right,\n",
    );
    const { records, findings } = await plainFolder.list(folder.path);
    deepEqual(findings, []);
    deepEqual(
      records.map(({ id, patient, birads, age, side, pixelSize }) => [id, patient, birads, age, side, pixelSize]),
      [
        ["benign/a b", "P 7", "4a", 52, "left", 0.08],
        ["benign/x", "P 7", undefined, undefined, undefined, undefined],
        ["malignant/x", "P 9", "5", undefined, "right", undefined],
      ],
    );
  });

  it("takes any single CSV file, and refuses to choose among several", async () => {
    makeFolder("image,patient\na b,1\nbenign/x,2\nmalignant/x,3", "patients.csv");
    equal((await plainFolder.list(folder.path)).records[0]!.patient, "1");
    writeFileSync(join(folder.path, "other.csv"), "");
    await rejects(plainFolder.list(folder.path), /There are 2 tables in the folder: other\.csv, patients\.csv/);
  });

  it("names every row and every image that does not fit", async () => {
    makeFolder(
      "image,patient,label\nx,1,benign\nmissing.png,2,\nbenign/x,3,malignant\nbenign/x,4,\nmalignant/x,,maligant\n",
    );
    const { findings } = await plainFolder.list(folder.path);
    deepEqual(
      findings.map(({ severity, check, images }) => [severity, check, images]),
      [
        ["error", "row of several images", ["benign/x", "malignant/x"]],
        ["warning", "row without an image", []],
        ["error", "image in two rows", ["benign/x"]],
        ["error", "image without a row", ["benign/a b"]],
        ["error", "image in two classes", ["benign/x"]],
        ["error", "missing patient", ["malignant/x"]],
        ["error", "label that is none", ["malignant/x"]],
      ],
    );
    match(
      findings[4]!.message,
      /images\.csv, row 4: benign\/x is labelled malignant, but lies in the folder of benign images/,
    );
  });

  it("takes a table without patients, says that they are unknown, and refuses one that names nothing", async () => {
    makeFolder("image,label\na b,benign\nbenign/x,benign\nmalignant/x,malignant\n");
    deepEqual(
      (await plainFolder.list(folder.path)).findings.map(({ check }) => check),
      ["unknown patients"],
    );
    makeFolder("size,label\n1,benign\n");
    await rejects(plainFolder.list(folder.path), /no column that names images, nor one that names patients/);
  });
});
