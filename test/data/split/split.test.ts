import { deepEqual, equal, match, throws } from "node:assert/strict";

import { checkSource, describeSplit, describeTorn } from "../../../lib/data/split/split";
import { makeSplit, record, source } from "./random-records";

const records = [
  record("a", "benign", "1"),
  record("b", "benign", "1"),
  record("c", "malignant", "2"),
  record("d", "malignant"),
];

describe("describeSplit(split, records)", () => {
  it("counts images, classes and patients of each part that is not empty", () => {
    deepEqual(describeSplit(makeSplit([{ train: "a b c", test: "d" }]), records), [
      { fold: "fold 1", part: "train", images: 3, benign: 2, malignant: 1, "share malignant": 1 / 3, patients: 2 },
      { fold: "fold 1", part: "test", images: 1, benign: 0, malignant: 1, "share malignant": 1, patients: null },
    ]);
  });

  it("refuses images that are not among the records", () => {
    throws(() => describeSplit(makeSplit([{ train: "a", test: "x" }]), records), {
      name: "Problem",
      message: /^fold 1, test: the image "x" is not among the records/,
    });
  });
});

describe("describeTorn(split)", () => {
  it("is silent where nothing is torn, and otherwise repeats the reason", () => {
    equal(describeTorn(makeSplit([])), null);
    const groupsTorn = { allowed: true, reason: "to compare", count: 2 };
    match(
      describeTorn(makeSplit([], { groupsTorn }))!,
      /^2 groups .* stand in two parts of made.* reason: to compare$/,
    );
    match(describeTorn(makeSplit([], { groupsTorn: { ...groupsTorn, count: 1 } }))!, /^1 group .* stands/);
  });
});

describe("checkSource(source)", () => {
  it("takes all images where no sample is named", () => {
    deepEqual(checkSource(source), { ...source, sample: null });
    equal(checkSource({ ...source, sample: "2 of 4" }).sample, "2 of 4");
  });

  it("refuses what is no name and no hash", () => {
    throws(() => checkSource({ ...source, dataset: "" }), /has no name/);
    for (const dataHash of ["", "abc", source.dataHash.toUpperCase(), `${source.dataHash}0`]) {
      throws(() => checkSource({ ...source, dataHash }), { name: "Problem", message: /64 hexadecimal digits/ });
    }
  });
});
