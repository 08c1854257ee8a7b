import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";

import { breastLesionsUsg } from "../../../lib/data/sets/breast-lesions-usg";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { writeSheet } from "../../helpers/sheets";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const columns = [
  "CaseID",
  "Image_filename",
  "Mask_tumor_filename",
  "Mask_other_filename",
  "Pixel_size",
  "Age",
  "BIRADS",
  "Verification",
  "Diagnosis",
  "Classification",
];

/** Writes three cases; the sheet lies beside the images' folder, as after a download. */
function makeSet(sheetFolder: string) {
  const images = join(folder.path, "BrEaST-Lesions_USG-images_and_masks");
  for (const name of ["case001", "case002", "case003"])
    writePicture(join(images, `${name}.png`), texture(1), { channels: 4 });
  for (const name of ["case001_tumor", "case002_tumor1", "case002_tumor2"])
    writePicture(join(images, `${name}.png`), rectangle(3, 3, 6, 6), { channels: 4 });
  writePicture(join(images, "case002_other1.png"), rectangle(1, 1, 3, 3), { channels: 4 });
  writeSheet(join(sheetFolder === "" ? folder.path : images, "BrEaST-Lesions-USG-clinical-data-Dec-15-2023.xlsx"), [
    columns,
    [1, "case001.png", "case001_tumor.png", "", 0.0078, 57, "4a", "confirmed by biopsy", "Fibroadenoma", "benign"],
    [
      2,
      "case002.png",
      "case002_tumor1.png&case002_tumor2.png",
      "case002_other1.png",
      0.0064,
      "not available",
      5,
      "confirmed by biopsy",
      "IDC",
      "malignant",
    ],
    [3, "case003.png", "", "", 0.0064, 40, 1, "not applicable", "not applicable", "normal"],
  ]);
  return images;
}

describe("BrEaST-Lesions-USG", () => {
  it("reads the sheet beside the images or beside their folder, with masks joined by &", async () => {
    for (const place of ["", "images"]) {
      const images = makeSet(place);
      const found = breastLesionsUsg.recognise(folder.path)!;
      equal(found, place === "" ? folder.path : images);
      const { records, findings } = await breastLesionsUsg.list(found);
      deepEqual(findings, []);
      deepEqual(
        records.map(({ id, label, patient, birads, age, masks, histology }) => [
          id,
          label,
          patient,
          birads,
          age,
          masks.length,
          histology,
        ]),
        [
          ["case001", "benign", "1", "4a", 57, 1, "Fibroadenoma"],
          ["case002", "malignant", "2", "5", undefined, 2, "IDC"],
          ["case003", "normal", "3", "1", 40, 0, undefined],
        ],
      );
      // Centimetres in the sheet, millimetres here.
      equal(records[0]!.pixelSize!.toFixed(3), "0.078");
    }
  });

  it("is not seen without its sheet", () => {
    writePicture(join(folder.path, "case001.png"), texture(1));
    equal(breastLesionsUsg.recognise(folder.path), null);
  });
});
