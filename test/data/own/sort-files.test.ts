import { deepEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";

import { pathOf, sortFiles } from "../../../lib/data/own/sort-files";
import { walkFiles } from "../../../lib/data/own/walk-files";
import { temporaryFolder } from "../../helpers/temporary";
import { ownFolder } from "./helpers";

const folder = temporaryFolder();
const own = ownFolder(() => folder.path);

describe("sortFiles(files, leaveOut)", () => {
  it("sorts pictures, tables and all else, and gives every file a fate", () => {
    own.images("a/1.png");
    for (const name of ["t.csv", "x.bin", "y.bin", "z", "Thumbs.db"]) own.text(name, "");
    const { pictures, tables, fates, findings } = sortFiles(walkFiles(folder.path), []);
    deepEqual([pictures.map(pathOf), tables.map(pathOf)], [["a/1.png"], ["t.csv"]]);
    equal(fates.size, 6);
    deepEqual(
      findings.map(({ file }) => file),
      ["x.bin", "z"],
    );
    match(
      findings[0]!.message,
      /^x\.bin is neither a picture nor a table, and so is 1 more \.bin files: what is it for\?/,
    );
    match(findings[1]!.message, /--leave-out "z"/);
  });

  it("leaves out by path, name, folder and stars, and nothing else", () => {
    own.images("old/1.png", "older/1.png", "a/1.png", "a/old.png", "a/x[1].png");
    const left = (...patterns: string[]) => sortFiles(walkFiles(folder.path), patterns).pictures.map(pathOf).join(" ");
    equal(left("old"), "a/1.png a/old.png a/x[1].png older/1.png");
    equal(left("a/1.png", "x[1].png"), "a/old.png old/1.png older/1.png");
    equal(left("*/1.png"), "a/old.png a/x[1].png");
    equal(left(join("a", "*")), "old/1.png older/1.png");
  });
});
