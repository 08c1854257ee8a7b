import { deepEqual, equal, ok } from "node:assert/strict";
import { join } from "node:path";

import { listSets, tableOfSets } from "../../../lib/data/sets/list-sets";
import { texture, writePicture } from "../../helpers/pictures";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();

describe("listSets(root)", () => {
  it("says which sets are in the root", () => {
    for (const label of ["benign", "malignant"])
      writePicture(join(folder.path, "busi", label, `${label} (1).png`), texture(1));
    const here = listSets(folder.path).filter((set) => set.folder !== null);
    deepEqual(
      here.map(({ name }) => name),
      ["busi"],
    );
    equal(here[0]!.folder, join(folder.path, "busi"));
  });

  it("says which folders of one's own are in the root, too", () => {
    for (const label of ["benign", "malignant"])
      writePicture(join(folder.path, "my hospital", label, "1.png"), texture(1));
    const own = listSets(folder.path).find(({ name }) => name === "my hospital")!;
    deepEqual([own.folder, own.access], [join(folder.path, "my hospital"), "own files"]);
    equal(listSets(folder.path).filter((set) => set.folder !== null).length, 1);
  });

  it("tells licence and citation of each", () => {
    ok(listSets(folder.path).every(({ licence, citation }) => licence !== "" && citation !== ""));
  });
});

describe("tableOfSets(sets)", () => {
  it("has a row a set, with its counts in words", () => {
    const rows = tableOfSets(listSets(folder.path));
    const busi = rows.find(({ name }) => name === "busi")!;
    equal(busi.images, "437 benign, 210 malignant, 133 normal");
    equal(busi.here, "no");
    equal(rows[0]!.here, "always");
  });
});
