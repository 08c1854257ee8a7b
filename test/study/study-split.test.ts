import { deepEqual, equal, throws } from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Split } from "../../lib/data/split/split";
import { placeIn } from "../../lib/study/layout";
import { smoke } from "../../lib/study/profiles/smoke";
import { keepSplit, readKeptSplit, searchFoldOf } from "../../lib/study/study-split";
import { temporaryFolder } from "../helpers/temporary";

const dataHash = "a".repeat(64);
const fold = (number: number) => ({
  ...{ name: `fold ${number}`, train: [`t${number}`], validation: [`v${number}`], test: [`e${number}`] },
});
const split: Split = {
  ...{ name: "two folds", kind: "k-fold", dataset: "mine", dataHash, sample: null, seed: 1 },
  groupsAcrossParts: { allowed: false, reason: null, count: 0 },
  folds: [fold(1), fold(2)],
};

describe("the split of a study", () => {
  const folder = temporaryFolder();

  it("is kept in its folder, with the hash of its data", () => {
    const study = placeIn(folder.path);
    equal(readKeptSplit(study, dataHash), null);
    keepSplit(study, split);
    deepEqual(readKeptSplit(study, dataHash), split);
    throws(() => readKeptSplit(study, "b".repeat(64)), /split of other data/);
  });

  it("is refused where it was changed by hand", () => {
    const study = placeIn(folder.path);
    keepSplit(study, split);
    const file = join(folder.path, "split.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"t1"', '"t9"'));
    throws(() => readKeptSplit(study, dataHash), /was changed after it was written/);
  });

  it("has the fold that the search asks for", () => {
    const search = (number: number) => ({ search: { ...smoke.search, fold: number }, folds: null });
    equal(searchFoldOf(split, search(2)).name, "fold 2");
    throws(() => searchFoldOf(split, search(3)), /search\.fold: 3, expected 1 to 2, "two folds"\. Give one of these/);
  });

  it("has all folds that the study asks for", () => {
    const one = { ...split, folds: split.folds.slice(0, 1) };
    throws(() => searchFoldOf(one, { ...smoke, folds: [1, 2] }), /folds: 2, expected 1: the split has one fold/);
    equal(searchFoldOf(split, { ...smoke, folds: [1, 2] }).name, "fold 1");
  });
});
