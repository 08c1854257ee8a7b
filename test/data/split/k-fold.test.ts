import { deepEqual, equal, notDeepEqual, ok, throws } from "node:assert/strict";

import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { kFold } from "../../../lib/data/split/k-fold";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, record, source } from "./random-records";

const records = randomRecords(createRandom(1), { patients: 120, malignant: 0.35, most: 3 });

describe("kFold(records, source, options)", () => {
  it("tests each image once, splits no group, and keeps the balance, for any set", () => {
    const random = createRandom(8);
    for (let round = 0; round < 15; round++) {
      const drawn = randomRecords(random, { patients: random.integer(60, 150), malignant: 0.4, most: 4 });
      const nearDuplicates = Array.from({ length: 6 }, () => [random.choice(drawn).id, random.choice(drawn).id]);
      const folds = random.integer(2, 6);
      const split = kFold(drawn, source, { folds, validation: 0.25, seed: round, nearDuplicates });
      deepEqual(checkSplit(split, drawn, groupRecords(drawn, nearDuplicates)), []);
      deepEqual(split.folds.flatMap(({ test }) => test).sort(), drawn.map(({ id }) => id).sort());
      for (const { train, validation, test } of split.folds) {
        ok(Math.abs(test.length - drawn.length / folds) <= 8);
        ok(Math.abs(validation.length - 0.25 * (train.length + validation.length)) <= 8);
      }
    }
  });

  it("has defaults, and says all of what it is", () => {
    const { folds, ...rest } = kFold(records, source);
    deepEqual(rest, {
      name: "5-fold",
      kind: "k-fold",
      ...source,
      sample: null,
      seed: 1,
      groupsAcrossParts: { allowed: false, reason: null, count: 0 },
    });
    deepEqual(
      folds.map(({ name }) => name),
      ["fold 1", "fold 2", "fold 3", "fold 4", "fold 5"],
    );
  });

  it("keeps malignant shares within two points, as the set has them", () => {
    const malignant = new Set(records.filter(({ label }) => label === "malignant").map(({ id }) => id));
    for (const fold of kFold(records, source).folds) {
      for (const part of [fold.train, fold.test]) {
        const share = part.filter((id) => malignant.has(id)).length / part.length;
        ok(Math.abs(share - malignant.size / records.length) < 0.02, `${share}`);
      }
    }
  });

  it("gives the same split for the same seed, in any order of the records, and another for another", () => {
    deepEqual(kFold(records, source, { seed: 3 }), kFold(records, source, { seed: 3 }));
    const sorted = (list: typeof records) => kFold(list, source).folds.map(({ train }) => [...train].sort());
    deepEqual(sorted(records), sorted([...records].reverse()));
    notDeepEqual(kFold(records, source, { seed: 3 }).folds, kFold(records, source, { seed: 4 }).folds);
  });

  it("tests the same images whatever the share of validation", () => {
    const tests = (validation: number) => kFold(records, source, { validation }).folds.map(({ test }) => test);
    deepEqual(tests(0), tests(0.3));
    ok(kFold(records, source, { validation: 0 }).folds.every(({ validation }) => validation.length === 0));
  });

  it("refuses more folds than a class has groups", () => {
    throws(() => kFold(records, source, { folds: 50 }), {
      name: "Problem",
      message: /The class malignant has 42 groups .* for 50 parts/,
    });
    const few = [record("a"), record("b"), record("c", "malignant"), record("d", "malignant")];
    throws(
      () => kFold(few, source, { folds: 2 }),
      /class benign has 1 group .* fold 1's training, fold 1's validation/,
    );
    equal(kFold(few, source, { folds: 2, validation: 0 }).folds.length, 2);
  });

  it("refuses other options than it has", () => {
    throws(() => kFold(records, source, { k: 5 } as never), /kFold has no option "k"/);
    throws(() => kFold(records, source, { folds: 1 }), /expected a whole number from 2/);
    throws(() => kFold(records, source, { validation: 1 }), /below 1/);
    throws(() => kFold(records, source, { seed: -1 }), /seed: -1, expected a whole number from 0/);
    throws(() => kFold(records, { ...source, dataHash: "x" }), /64 hexadecimal digits/);
  });
});
