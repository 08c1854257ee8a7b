import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";

import { udiat } from "../../../lib/data/sets/udiat";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { writeSheet } from "../../helpers/sheets";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("UDIAT dataset B", () => {
  it("joins images, masks and labels by their number, which the sheet may shorten and which has gaps", async () => {
    for (const name of ["000001", "000003", "000007"]) {
      writePicture(join(folder.path, "BUS", "original", `${name}.png`), texture(1));
      if (name !== "000007") writePicture(join(folder.path, "BUS", "GT", `${name}.png`), rectangle(3, 3, 6, 6));
    }
    writePicture(join(folder.path, "BUS", "original", "000009.png"), texture(1));
    writeSheet(join(folder.path, "BUS", "DatasetB.xlsx"), [
      ["Image", "Type", "Diagnosis"],
      ["000001", "Benign", "Fibroadenoma"],
      [3, "Malignant", "IDC"],
      ["000007.png", "Benign", "Cyst"],
    ]);
    const own = udiat.recognise(folder.path)!;
    equal(own, join(folder.path, "BUS"));
    const { records, findings } = await udiat.list(own);
    deepEqual(
      records.map(({ id, label, histology, masks }) => [id, label, histology, masks.length]),
      [
        ["000001", "benign", "Fibroadenoma", 1],
        ["000003", "malignant", "IDC", 1],
        ["000007", "benign", "Cyst", 0],
      ],
    );
    deepEqual(
      findings.map(({ check, file }) => [check, file]),
      [
        ["missing mask", "GT/000007.png"],
        ["image without a row", "original/000009.png"],
      ],
    );
  });
});
