import { deepEqual, throws } from "node:assert/strict";

import { parseSplit, takeObject } from "../../../lib/data/split/parse-split";
import { makeSplit } from "./random-records";

const split = makeSplit([{ train: "a b", validation: "c", test: "d" }], { seed: 3, sample: "4 of 9" });

describe("parseSplit(data, place)", () => {
  it("reads what a split becomes in JSON", () => {
    deepEqual(parseSplit(JSON.parse(JSON.stringify(split)), "x.json"), split);
  });

  for (const [title, data, message] of [
    ["no object", [], /x\.json: split is \[\], expected an object/],
    ["a lacking key", { ...split, seed: undefined }, /seed is missing, expected a whole number/],
    ["an unknown key", { ...split, sede: 1 }, /unknown key "sede"\. Did you mean "seed"/],
    ["another kind", { ...split, kind: "random" }, /kind is "random", expected one of official, k-fold/],
    ["a hash that is none", { ...split, dataHash: "abc" }, /dataHash is "abc"/],
    ["a negative seed", { ...split, seed: -1 }, /seed is -1/],
    ["no folds", { ...split, folds: [] }, /folds is \[\], expected a list of folds, not empty/],
    ["an id that is no text", { ...split, folds: [{ ...split.folds[0], test: [7] }] }, /folds\[0\]\.test is \[7\]/],
    ["an id twice", { ...split, folds: [{ ...split.folds[0], test: ["a"] }] }, /folds\[0\] lists "a" more than once/],
    [
      "an unknown key in a fold",
      { ...split, folds: [{ ...split.folds[0], tests: [] }] },
      /folds\[0\] has the unknown key/,
    ],
    [
      "a count that is none",
      { ...split, groupsTorn: { ...split.groupsTorn, count: 0.5 } },
      /groupsTorn\.count is 0\.5/,
    ],
    ["torn groups that are none", { ...split, groupsTorn: null }, /groupsTorn is null, expected an object/],
  ] as const) {
    it(`refuses ${title}`, () => {
      throws(() => parseSplit(data, "x.json"), { name: "Problem", message });
    });
  }
});

describe("takeObject(data, keys, place, name)", () => {
  it("refuses an object that lacks a key", () => {
    deepEqual(takeObject({ a: 1 }, ["a"], "x.json", "it"), { a: 1 });
    throws(() => takeObject({}, ["a"], "x.json", "it"), /x\.json: it lacks the key "a"/);
  });
});
