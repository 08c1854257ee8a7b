import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { readFolds } from "../../../lib/data/audit/read-folds";
import { kFold } from "../../../lib/data/split/k-fold";
import { writeSplit } from "../../../lib/data/split/split-file";
import { temporaryFolder } from "../../helpers/temporary";

const folder = temporaryFolder();
const write = (name: string, text: string) => {
  const path = join(folder.path, name);
  writeFileSync(path, text);
  return path;
};

describe("readFolds(path)", () => {
  it("reads a table of parts, under the names that people give them", () => {
    const { folds, name } = readFolds(write("mine.csv", "image,part\na,Train\nb,val\nc,test\nd,training\n"));
    equal(name, "mine.csv");
    deepEqual(folds, [{ train: ["a", "d"], validation: ["b"], test: ["c"] }]);
  });

  it("reads a table of folds", () => {
    deepEqual(readFolds(write("folds.csv", "image;fold\na;1\nb;2\nc;1\n")).folds, [
      { train: ["b"], validation: [], test: ["a", "c"] },
      { train: ["a", "c"], validation: [], test: ["b"] },
    ]);
  });

  it("reads a split that this project wrote, and refuses one that was changed by hand", () => {
    const records = Array.from({ length: 20 }, (_, index) => ({
      id: String(index),
      label: index % 2 === 0 ? ("benign" as const) : ("malignant" as const),
    }));
    const split = kFold(records, { dataset: "x", dataHash: "a".repeat(64) }, { folds: 2 });
    const path = join(folder.path, "split.json");
    writeSplit(path, split);
    deepEqual(
      readFolds(path).folds.map(({ test }) => test),
      split.folds.map(({ test }) => test),
    );
    writeFileSync(path, readFileSync(path, "utf8").replace('"test": [', '"test": ["99",'));
    throws(() => readFolds(path), /split\.json/);
  });

  it("refuses a part that is none, a table without parts, and files that are neither", () => {
    throws(() => readFolds(write("a.csv", "image,part\na,trian\n")), /row 2: the part is "trian"/);
    throws(() => readFolds(write("b.csv", "image,part\na,\n")), /no column that is filled/);
    throws(() => readFolds(write("c.csv", "name\na\n")), /image/);
    throws(() => readFolds(write("d.json", "{")), /d\.json/);
    throws(() => readFolds(join(folder.path, "none.json")), /none\.json/);
  });
});
