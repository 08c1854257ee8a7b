import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { byFoldAndSeed, decide, describeThreshold, formatShare } from "../../lib/evaluate/decide";
import { chooseThreshold } from "../../lib/statistics/choose-threshold";
import { examplePredictions } from "./example";

const set = examplePredictions({ seeds: [1, 2] });

describe("decide(set, choice)", () => {
  it("calls malignant what reaches a fixed threshold, the threshold itself included", () => {
    const rows = [0.49, 0.5, 0.51].map((probability, index) => ({
      ...set.rows.find(({ part }) => part === "test")!,
      id: String(index),
      probability,
    }));
    deepEqual(
      decide({ model: "m", rows }, { kind: "fixed", at: 0.5 }).cases.map(({ decision }) => decision),
      [0, 1, 1],
    );
  });

  it("chooses on the validation part of the same fold and seed, and on nothing else", () => {
    const { thresholds, cases } = decide(set, { kind: "youden" });
    equal(thresholds.length, 4);
    for (const { fold, seed, threshold } of thresholds) {
      const own = set.rows.filter((row) => row.fold === fold && row.seed === seed && row.part === "validation");
      const expected = chooseThreshold(
        own.map(({ label }) => label),
        own.map(({ probability }) => probability),
        { kind: "youden" },
      );
      equal(threshold, expected.threshold);
      ok(cases.filter((one) => one.fold === fold && one.seed === seed).every((one) => one.threshold === threshold));
    }
    // Other test predictions change no threshold.
    const rows = set.rows.map((row) => (row.part === "test" ? { ...row, probability: 0.5 } : row));
    deepEqual(decide({ ...set, rows }, { kind: "youden" }).thresholds, thresholds);
  });

  it("refuses to choose where there is nothing to choose on", () => {
    throws(
      () => decide(examplePredictions({ validation: false }), { kind: "youden" }),
      /example, fold 1, seed 1: .* holds 0 malignant and 0 benign images/,
    );
    const rows = set.rows.filter(({ part, label }) => part === "test" || label === 0);
    throws(() => decide({ ...set, rows }, { kind: "accuracy" }), /holds 0 malignant and 20 benign/);
    throws(() => decide(set, { kind: "fixed", at: 1.2 }), /The threshold is 1.2/);
    throws(() => decide(set, { kind: "fixed", at: NaN }), /The threshold is NaN/);
  });
});

describe("describeThreshold(choice)", () => {
  it("says the rule and where it was applied", () => {
    equal(describeThreshold({ kind: "fixed", at: 0.5 }), "0.5, fixed beforehand");
    equal(describeThreshold({ kind: "youden" }), "greatest Youden index on the validation part of each fold and seed");
    equal(
      describeThreshold({ kind: "sensitivity", at: 0.925 }),
      "sensitivity of at least 92.5 % on the validation part of each fold and seed",
    );
    equal(formatShare(0.9), "90 %");
  });
});

describe("byFoldAndSeed(rows)", () => {
  it("divides rows without losing any", () => {
    const groups = [...byFoldAndSeed(set.rows).values()];
    equal(groups.length, 4);
    equal(groups.flat().length, set.rows.length);
    ok(groups.every((rows) => rows.every(({ fold, seed }) => fold === rows[0]!.fold && seed === rows[0]!.seed)));
  });
});
