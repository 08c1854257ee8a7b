import { deepEqual, equal } from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { verifySet } from "../../../lib/data/command/verify-set";
import { busi } from "../../../lib/data/sets/busi";
import type { DataSet } from "../../../lib/data/sets/data-set";
import { rectangle, texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
// MD5 of the text "hello".
const set: DataSet = {
  ...busi,
  expected: { images: { benign: 1, malignant: 1 } },
  knownFiles: [{ path: "readme.txt", md5: "5d41402abc4b2a76b9719d911017c592" }],
};

function makeSet() {
  for (const label of ["benign", "malignant"]) {
    writePicture(join(folder.path, label, `${label} (1).png`), texture(label.length));
    writePicture(join(folder.path, label, `${label} (1)_mask.png`), rectangle(3, 3, 9, 9));
  }
  writeFileSync(join(folder.path, "readme.txt"), "hello");
}
const bad = async () =>
  (await verifySet(set, folder.path)).checks
    .filter(({ good }) => !good)
    .map(({ check, found }) => `${check}: ${found}`);

describe("verifySet(set, root)", () => {
  it("is content with a set that is whole", async () => {
    makeSet();
    const { good, checks, findings } = await verifySet(set, folder.path);
    deepEqual([good, findings], [true, []]);
    deepEqual(
      checks.map(({ check }) => check),
      ["MD5 of readme.txt", "benign images", "malignant images", "masks", "files readable and fitting together"],
    );
  });

  it("says which sum, which count and which file is wrong", async () => {
    makeSet();
    writeFileSync(join(folder.path, "readme.txt"), "hallo");
    writePicture(join(folder.path, "benign", "benign (2).png"), texture(4));
    writeFileSync(join(folder.path, "malignant", "malignant (1)_mask.png"), "no picture");
    deepEqual(await bad(), [
      "MD5 of readme.txt: 598d4c200461b81522a3328565c25f7c, expected 5d41402abc4b2a76b9719d911017c592",
      "benign images: 2, expected 1",
      "masks: missing for 1 of 3 images",
      "files readable and fitting together: 1 errors",
    ]);
  });

  it("says of a known file that it is missing", async () => {
    makeSet();
    equal(
      (await verifySet({ ...set, knownFiles: [{ path: "other.csv", md5: "0" }] }, folder.path)).checks[0]!.found,
      "missing, expected 0",
    );
  });
});
