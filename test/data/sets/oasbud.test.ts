import { deepEqual, equal, match } from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join } from "node:path";

import { oasbud } from "../../../lib/data/sets/oasbud";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("OASBUD", () => {
  it("gives two views of each lesion, and tells of a class that is none", async () => {
    copyFileSync(join(__dirname, "..", "records", "fixtures", "scans.mat"), join(folder.path, "OASBUD.mat"));
    equal(oasbud.recognise(folder.path), folder.path);
    const { records, findings } = await oasbud.list(folder.path);
    deepEqual(
      records.map(({ id, label, patient, view, birads }) => [id, label, patient, view, birads]),
      [
        ["1-1", "malignant", "17 L", 1, "4a"],
        ["1-2", "malignant", "17 L", 2, "4a"],
        ["2-1", "benign", "18", 1, "3"],
        ["2-2", "benign", "18", 2, "3"],
      ],
    );
    match(findings[0]!.message, /the class of lesion 3 \(19\) is neither 0 \(benign\) nor 1 \(malignant\)/);
  });
});
