import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { mendeley250 } from "../../../lib/data/sets/mendeley-250";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("Mendeley 250", () => {
  it("is found by its bitmaps in class folders, and has neither masks nor patients", async () => {
    for (const label of ["benign", "malignant"]) {
      mkdirSync(join(folder.path, "originals", label), { recursive: true });
      for (const name of ["us1.bmp", "us2.bmp"]) writeFileSync(join(folder.path, "originals", label, name), "");
    }
    const own = mendeley250.recognise(folder.path)!;
    equal(own, join(folder.path, "originals"));
    const { records, findings } = await mendeley250.list(own);
    deepEqual(
      records.map(({ id }) => id),
      ["benign/us1", "benign/us2", "malignant/us1", "malignant/us2"],
    );
    deepEqual(findings, []);
  });

  it("is not seen where there are no bitmaps", () => {
    for (const label of ["benign", "malignant"]) mkdirSync(join(folder.path, label));
    equal(mendeley250.recognise(folder.path), null);
  });
});
