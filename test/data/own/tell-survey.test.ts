import { deepEqual, equal, match } from "node:assert/strict";

import { surveyFolder } from "../../../lib/data/own/survey";
import { tableOfFates, tableOfReading, tellFolder, tellSurvey } from "../../../lib/data/own/tell-survey";
import { captureOutput } from "../../helpers/capture";
import { temporaryFolder } from "../../helpers/temporary";
import { ownFolder } from "./helpers";

const folder = temporaryFolder();
const own = ownFolder(() => folder.path);
const fill = () => {
  own.images("B/1.png", "M/2.png", "M/3.png");
  own.masks("M/2_seg.png");
  own.text("Thumbs.db", "");
  own.text("images.csv", "image;PatientID;x\n1;A;1\n2;B;1\n3;B;1\n");
};

describe("tableOfFates(survey)", () => {
  it("counts every file once", async () => {
    fill();
    const survey = await surveyFolder(folder.path);
    const rows = tableOfFates(survey);
    deepEqual(
      rows.map(({ fate, files, what }) => [fate, files, what]),
      [
        ["image", 3, "1 benign, 2 malignant"],
        ["mask", 1, "by folders and names that say so; 1 of 3 images have one"],
        ["table", 1, "3 rows, semicolons between its cells"],
        ["ignored", 1, "left behind by another program"],
      ],
    );
    equal(
      rows.reduce((sum, { files }) => sum + Number(files), 0),
      survey.files.length,
    );
  });
});

describe("tableOfReading(survey)", () => {
  it("tells what was taken for what", async () => {
    fill();
    deepEqual(
      tableOfReading(await surveyFolder(folder.path)).map(({ read, as, detail }) => [read, as, detail]),
      [
        ['folder "B"', "benign", "1 images"],
        ['folder "M"', "malignant", "2 images"],
        ['column "image" of images.csv', "image", ""],
        ['column "PatientID" of images.csv', "patient", ""],
        ['column "x" of images.csv', "x", "0 boxes"],
        ['the column "PatientID" of images.csv', "patient", "2 patients"],
      ],
    );
  });
});

describe("tellFolder(folder), tellSurvey(survey, name)", () => {
  it("show both tables, and give what was found", async () => {
    fill();
    const said = await captureOutput(async () => {
      const survey = await tellFolder(folder.path);
      equal(survey.records.length, 3);
      tellSurvey(survey, "mine");
    });
    match(said, /The 6 files of [\s\S]*How they were read[\s\S]*The 6 files of mine[\s\S]*How they were read/);
  });
});
