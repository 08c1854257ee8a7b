import { deepEqual, equal, throws } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { Problem } from "../../../lib/runtime/problem";
import { missingMask, unlistedPictures, unusableRow, unusedFile } from "../../../lib/data/sets/list-findings";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

describe("missingMask(file, image)", () => {
  it("warns, as the image can still be used whole", () => {
    const finding = missingMask("Masks/mask_0001-l.png", "bus_0001-l");
    deepEqual([finding.severity, finding.images], ["warning", ["bus_0001-l"]]);
    equal(finding.message, "Masks/mask_0001-l.png is missing: bus_0001-l has no outline of its lesion.");
  });
});

describe("unusedFile(check, file, reason, severity)", () => {
  it("says why a file is left out", () => {
    equal(
      unusedFile("image without a row", "a.png", "is not in list.csv").message,
      "a.png is not in list.csv: it is left out.",
    );
    equal(unusedFile("x", "a", "b", "note").severity, "note");
  });
});

describe("unusableRow(error, file, image)", () => {
  it("reports a problem of the data, and lets a defect of the program through", () => {
    const finding = unusableRow(new Problem("The label is none.", "Correct it."), "list.csv", "a");
    deepEqual([finding.severity, finding.file, finding.message], ["error", "list.csv", "The label is none."]);
    throws(() => unusableRow(new TypeError("a defect"), "list.csv", "a"), /a defect/);
  });
});

describe("unlistedPictures(folder, below, named, table, kind)", () => {
  const folder = temporaryFolder();

  it("reports each picture that no row names, and nothing else", () => {
    for (const name of ["a.png", "b (2).png", "c.jpg"]) writePicture(join(folder.path, "Masks", name), texture(1));
    writeFileSync(join(folder.path, "Masks", "Thumbs.db"), "");
    const found = unlistedPictures(folder.path, "Masks", new Set(["a.png"]), "list.csv", "mask");
    deepEqual(
      found.map(({ check, file }) => `${check}: ${file!}`),
      ["mask without a row: Masks/b (2).png", "mask without a row: Masks/c.jpg"],
    );
  });
});
