import { deepEqual, equal } from "node:assert/strict";
import { join } from "node:path";

import { busi } from "../../../lib/data/sets/busi";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

/** Writes a small set in the layout of the download. */
function makeFirstLayout(root: string) {
  const own = join(root, "Dataset_BUSI_with_GT");
  for (const label of ["benign", "malignant", "normal"]) {
    for (const number of [1, 2, 10]) {
      writePicture(join(own, label, `${label} (${number}).png`), texture(number), { channels: 3 });
      const mask = label === "normal" ? () => 0 : rectangle(5, 5, 10, 8);
      writePicture(join(own, label, `${label} (${number})_mask.png`), mask, { channels: number === 2 ? 4 : 1 });
    }
  }
  writePicture(join(own, "benign", "benign (10)_mask_1.png"), rectangle(20, 20, 4, 4));
  return own;
}

/** The same set in the second layout in the wild. */
function makeSecondLayout(root: string) {
  const own = join(root, "data");
  for (const label of ["benign", "malignant", "normal"]) {
    for (const number of [1, 2, 10]) {
      writePicture(join(own, label, "images", `${label} (${number}).png`), texture(number), { channels: 3 });
      writePicture(join(own, label, "mask", `${label} (${number})_mask.png`), rectangle(5, 5, 10, 8));
    }
  }
  writePicture(join(own, "benign", "mask", "benign (10)_mask_1.png"), rectangle(20, 20, 4, 4));
  return own;
}

describe("BUSI", () => {
  it("is found and listed in both layouts, with the same images and numbers of masks", async () => {
    for (const make of [makeFirstLayout, makeSecondLayout]) {
      const root = join(folder.path, make.name);
      const own = make(root);
      equal(busi.recognise(root), own);
      const { records, findings } = await busi.list(own);
      deepEqual(findings, []);
      deepEqual(
        records.map(({ id, label, masks }) => [id, label, masks.length]),
        [
          ["benign (1)", "benign", 1],
          ["benign (2)", "benign", 1],
          ["benign (10)", "benign", 2],
          ["malignant (1)", "malignant", 1],
          ["malignant (2)", "malignant", 1],
          ["malignant (10)", "malignant", 1],
          ["normal (1)", "normal", 1],
          ["normal (2)", "normal", 1],
          ["normal (10)", "normal", 1],
        ],
      );
      deepEqual([...new Set(records.map(({ patient }) => patient))], [undefined], "patients are unknown");
    }
  });

  it("is not seen in a folder of one's own", () => {
    writePicture(join(folder.path, "benign", "a.png"), texture(1));
    writePicture(join(folder.path, "malignant", "b.png"), texture(1));
    equal(busi.recognise(folder.path), null);
  });
});
