import { deepEqual, notDeepEqual, ok, throws } from "node:assert/strict";

import { checkSplit } from "../../../lib/data/split/check-split";
import { groupRecords } from "../../../lib/data/split/groups";
import { holdOut } from "../../../lib/data/split/hold-out";
import { createRandom } from "../../../lib/runtime/random";
import { randomRecords, source } from "./random-records";

const records = randomRecords(createRandom(1), { patients: 120, malignant: 0.35, most: 3 });

describe("holdOut(records, source, options)", () => {
  it("divides all images once, in the shares asked for, and splits no group", () => {
    const random = createRandom(6);
    for (let round = 0; round < 10; round++) {
      const drawn = randomRecords(random, { patients: random.integer(50, 150), malignant: 0.4, most: 4 });
      const shares = { train: 0.55, validation: 0.15, test: 0.3 };
      const split = holdOut(drawn, source, { shares, seed: round });
      deepEqual(checkSplit(split, drawn, groupRecords(drawn)), []);
      const [fold] = split.folds;
      for (const part of ["train", "validation", "test"] as const) {
        ok(Math.abs(fold![part].length - shares[part] * drawn.length) <= 8);
      }
    }
  });

  it("has no validation part for a share of 0", () => {
    const split = holdOut(records, source, { shares: { train: 0.8, validation: 0, test: 0.2 } });
    deepEqual(split.folds[0]!.validation, []);
    deepEqual(checkSplit(split, records, groupRecords(records)), []);
  });

  it("gives the same split for the same seed, and another for another", () => {
    deepEqual(holdOut(records, source), holdOut(records, source, { seed: 1 }));
    notDeepEqual(holdOut(records, source).folds, holdOut(records, source, { seed: 2 }).folds);
  });

  it("refuses shares that do not add up, and parts that cannot be empty", () => {
    const make = (train: number, validation: number, test: number) => () =>
      holdOut(records, source, { shares: { train, validation, test } });
    throws(make(0.6, 0.2, 0.3), {
      name: "Problem",
      message: /holdOut has shares: .*expected shares that add up to 1, and these add up to 1\.1/,
    });
    throws(make(1, 0, 0), /shares\.test: 0, expected a number above 0/);
    throws(make(0.9, -0.1, 0.2), /shares\.validation: -0\.1, expected a number from 0/);
    throws(make(NaN, 0.1, 0.2), /shares\.train: NaN/);
    throws(
      () => holdOut(records, source, { shares: { train: 0.8, tests: 0.2 } as never }),
      /has no option "shares\.tests"/,
    );
    throws(() => holdOut(records, source, { shares: { train: 0.8, test: 0.1 } }), /add up to 0\.9/);
  });
});
