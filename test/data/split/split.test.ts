import { deepEqual, equal, match, throws } from "node:assert/strict";

import { checkSource, describeSplit, describeGroupsAcrossParts, parseSplit } from "../../../lib/data/split/split";
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

describe("describeGroupsAcrossParts(split)", () => {
  it("is silent where no group is split, and otherwise repeats the reason", () => {
    equal(describeGroupsAcrossParts(makeSplit([])), null);
    const groupsAcrossParts = { allowed: true, reason: "to compare", count: 2 };
    match(
      describeGroupsAcrossParts(makeSplit([], { groupsAcrossParts }))!,
      /^2 groups .* stand in two parts of made.* reason: to compare$/,
    );
    match(
      describeGroupsAcrossParts(makeSplit([], { groupsAcrossParts: { ...groupsAcrossParts, count: 1 } }))!,
      /^1 group .* stands/,
    );
  });
});

describe("checkSource(source)", () => {
  it("takes all images where no sample is named", () => {
    deepEqual(checkSource(source), { ...source, sample: null });
    equal(checkSource({ ...source, sample: "2 of 4" }).sample, "2 of 4");
  });

  it("refuses what is no name and no hash", () => {
    throws(() => checkSource({ ...source, dataset: "" }), /has dataset: "", expected the name of a data set/);
    for (const dataHash of ["", "abc", source.dataHash.toUpperCase(), `${source.dataHash}0`]) {
      throws(() => checkSource({ ...source, dataHash }), { name: "Problem", message: /64 hexadecimal digits/ });
    }
  });
});

describe("parseSplit(data, place)", () => {
  const split = makeSplit([{ train: "a b", validation: "c", test: "d" }], { seed: 3, sample: "4 of 9" });

  it("reads what a split becomes in JSON", () => {
    deepEqual(parseSplit(JSON.parse(JSON.stringify(split)), "x.json"), split);
  });

  it("reads what earlier versions wrote, who called one key otherwise", () => {
    const { groupsAcrossParts, ...others } = split;
    deepEqual(parseSplit({ ...others, groupsTorn: groupsAcrossParts }, "x.json"), split);
  });

  for (const [title, data, message] of [
    ["no object", [], /x\.json is \[\], expected an object with name, kind/],
    ["a lacking key", (({ seed: _, ...rest }) => rest)(split), /lacks seed, expected a whole number/],
    ["an unknown key", { ...split, sede: 1 }, /no key "sede"\. Did you mean "seed"/],
    ["another kind", { ...split, kind: "random" }, /kind: "random", expected "official", "k-fold"/],
    ["a hash that is none", { ...split, dataHash: "abc" }, /dataHash: "abc", expected a SHA-256/],
    ["a negative seed", { ...split, seed: -1 }, /seed: -1/],
    ["no folds", { ...split, folds: [] }, /folds: \[\], expected a list of at least one item/],
    ["an id that is no text", { ...split, folds: [{ ...split.folds[0], test: [7] }] }, /folds\[0\]\.test\[0\]: 7/],
    ["an id twice", { ...split, folds: [{ ...split.folds[0], test: ["a"] }] }, /folds\[0\]: .*"a" stands there twice/],
    [
      "an unknown key in a fold",
      { ...split, folds: [{ ...split.folds[0], tests: [] }] },
      /no key "folds\[0\]\.tests".*"folds\[0\]\.test"/,
    ],
    [
      "a count that is none",
      { ...split, groupsAcrossParts: { ...split.groupsAcrossParts, count: 0.5 } },
      /groupsAcrossParts\.count: 0\.5/,
    ],
    [
      "groups across parts that are none",
      { ...split, groupsAcrossParts: null },
      /groupsAcrossParts: null, expected an object/,
    ],
  ] as const) {
    it(`refuses ${title}`, () => {
      throws(() => parseSplit(data, "x.json"), { name: "Problem", message });
    });
  }
});
