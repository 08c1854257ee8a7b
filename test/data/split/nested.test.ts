import { deepEqual, notDeepEqual, throws } from "node:assert/strict";

import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { kFold } from "../../../lib/data/split/k-fold";
import { nested } from "../../../lib/data/split/nested";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, source } from "./random-records";

const records = randomRecords(createRandom(1), { patients: 120, malignant: 0.35, most: 3 });
const sortedIds = (ids: readonly string[]) => [...ids].sort();

describe("nested(records, source, options)", () => {
  const split = nested(records, source, { outer: 4, inner: 3, seed: 5 });

  it("has outer × inner folds that split no group", () => {
    deepEqual(
      split.folds.map(({ name }) => name),
      [1, 2, 3, 4].flatMap((outer) => [1, 2, 3].map((inner) => `outer ${outer}, inner ${inner}`)),
    );
    deepEqual(checkSplit(split, records, groupRecords(records)), []);
    deepEqual([split.name, split.kind, split.seed], ["nested 4 × 3", "nested", 5]);
  });

  it("validates each image that an outer fold does not test once, and tests the same images in all its inner folds", () => {
    for (const outer of [0, 3, 6, 9]) {
      const inner = split.folds.slice(outer, outer + 3);
      const rest = sortedIds(inner.flatMap(({ validation }) => validation));
      for (const fold of inner) {
        deepEqual(fold.test, inner[0]!.test);
        deepEqual(sortedIds([...fold.train, ...fold.validation]), rest);
      }
    }
  });

  it("tests what kFold tests with the same seed", () => {
    const tests = split.folds.filter((_, index) => index % 3 === 0).map(({ test }) => test);
    deepEqual(
      tests,
      kFold(records, source, { folds: 4, seed: 5 }).folds.map(({ test }) => test),
    );
  });

  it("gives the same split for the same seed, and another for another", () => {
    deepEqual(nested(records, source, { outer: 4, inner: 3, seed: 5 }), split);
    notDeepEqual(nested(records, source, { outer: 4, inner: 3, seed: 6 }).folds, split.folds);
  });

  it("refuses numbers of folds that cannot be", () => {
    throws(() => nested(records, source, { outer: 1 }), /outer: 1, expected a whole number from 2/);
    throws(() => nested(records, source, { inner: 0 }), /inner: 0/);
    throws(() => nested(records, source, { inner: 40 }), /class malignant has .* for 40 parts: outer 1, inner 1/);
  });
});
