import { deepEqual, equal } from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { findFolder, listFolder } from "../../../lib/data/sets/find-folder";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const make = (...parts: string[]) => {
  const path = join(folder.path, ...parts);
  mkdirSync(path, { recursive: true });
  return path;
};

describe("listFolder(folder)", () => {
  it("gives files and folders in the order of their numbers, without hidden ones", () => {
    for (const name of ["benign (10).png", "benign (2).png", ".DS_Store"]) writeFileSync(join(folder.path, name), "");
    make("__MACOSX");
    make("masks");
    deepEqual(listFolder(folder.path), { files: ["benign (2).png", "benign (10).png"], folders: ["masks"] });
  });

  it("takes a link for what it leads to", () => {
    symlinkSync(make("real", "images"), join(folder.path, "linked"));
    deepEqual(listFolder(folder.path).folders, ["linked", "real"]);
  });

  it("gives nothing for a folder that is not there", () => {
    deepEqual(listFolder(join(folder.path, "missing")), { files: [], folders: [] });
  });
});

describe("findFolder(start, depth, test)", () => {
  it("gives the nearest, and looks no deeper than it is told", () => {
    make("a", "b", "wanted");
    const wanted = (_: unknown, path: string) => path.endsWith("wanted");
    equal(findFolder(folder.path, 2, wanted), null);
    equal(findFolder(folder.path, 3, wanted), join(folder.path, "a", "b", "wanted"));
    const near = make("z", "wanted");
    equal(findFolder(folder.path, 3, wanted), near);
  });
});
