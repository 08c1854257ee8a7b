import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import {
  compareAll,
  describeSeeds,
  familyTable,
  formatProbability,
  sayProbability,
} from "../../lib/compare/compare-all";
import { comparePredictions } from "../../lib/compare/compare-predictions";
import { holm } from "../../lib/statistics/holm";
import { examplePredictions } from "./example";

const sets = [
  examplePredictions("found", { skill: 2.4 }),
  examplePredictions("near", { skill: 2.3, draw: 2 }),
  examplePredictions("far", { skill: 0.3, draw: 3 }),
  examplePredictions("middle", { skill: 1.2, draw: 4 }),
];
const quick = { replicates: 100, reference: "found" };

describe("compareAll(sets, options)", () => {
  const family = compareAll(sets, quick);

  it("holds each model against the reference as comparePredictions does", () => {
    deepEqual(
      family.members.map(({ model }) => model),
      ["near", "far", "middle"],
    );
    deepEqual(family.members[1]!.comparison, comparePredictions(sets[0]!, sets[2]!, { replicates: 100 }));
  });

  it("corrects each test by Holm over the family", () => {
    const plain = family.members.map(({ comparison }) => comparison.mcnemar.p);
    deepEqual(
      family.members.map(({ corrected }) => corrected!.mcnemar),
      holm(plain),
    );
    const delong = family.members.map(({ comparison }) => comparison.delong.p!);
    deepEqual(
      family.members.map(({ corrected }) => corrected!.delong),
      holm(delong),
    );
  });

  it("corrects over the given family alone", () => {
    const some = compareAll(sets, { ...quick, family: ["far"] });
    deepEqual(
      some.members.map(({ corrected }) => corrected === null),
      [true, false, true],
    );
    equal(some.members[1]!.corrected!.mcnemar, some.members[1]!.comparison.mcnemar.p);
    equal(familyTable(some)[0]!["McNemar p"], "not in the family");
  });

  it("finds the best and who cannot be told from it", () => {
    for (const { best, value, notDistinguishable, corrected } of Object.values(family.best)) {
      ok(["found", "near"].includes(best));
      ok(value > 0.8);
      ok(!notDistinguishable.includes("far") && !notDistinguishable.includes(best));
      for (const [name, p] of Object.entries(corrected)) equal(notDistinguishable.includes(name), p! >= 0.05);
    }
    const copy = compareAll([sets[0]!, { ...sets[0]!, model: "copy" }], quick);
    deepEqual(copy.best.accuracy.notDistinguishable, ["copy"]);
    equal(copy.best.accuracy.best, "found");
  });

  it("leaves a test that cannot be computed without a value", () => {
    const one = sets.map((set) => ({
      ...set,
      rows: set.rows.flatMap((row) => (row.part === "test" ? [{ ...row, fold: "fold 1" }] : [])),
    }));
    const { members } = compareAll(one, quick);
    equal(members[0]!.corrected!.accuracyOverFolds, null);
    ok(members[0]!.corrected!.mcnemar !== null);
  });

  it("refuses a reference or a family that is not there", () => {
    throws(() => compareAll(sets, { ...quick, reference: "lost" }), /no model "lost"/);
    throws(() => compareAll(sets, { ...quick, family: ["lost"] }), /no model "lost"/);
    throws(() => compareAll(sets, { ...quick, family: ["found"] }), /family holds the reference "found"/);
  });
});

describe("familyTable(comparison)", () => {
  it("has one row a model, with differences to the reference", () => {
    const rows = familyTable(compareAll(sets, quick));
    equal(rows.length, 3);
    match(String(rows[1]!["accuracy, minus found"]), /^−0\.\d{3} \[−0\.\d{3}, −0\.\d{3}\]$/);
    match(String(rows[1]!["McNemar p"]), /^(0\.0[0-4]\d|< 0\.001)$/);
  });
});

describe("describeSeeds(family)", () => {
  it("speaks where a model has several seeds", () => {
    equal(describeSeeds(compareAll(sets, quick)), "");
    const several = [sets[0]!, examplePredictions("two", { seeds: [1, 2] })];
    match(describeSeeds(compareAll(several, quick)), /p over patients are of means over seeds/);
  });
});

describe("sayProbability(p)", () => {
  it("says a p-value in a sentence", () => {
    deepEqual([0.0321, 1e-9, null].map(sayProbability), ["p = 0.032", "p < 0.001", "no p"]);
  });
});

describe("formatProbability(p)", () => {
  it("never writes 0", () => {
    deepEqual([formatProbability(0.0321), formatProbability(1e-9), formatProbability(null)], ["0.032", "< 0.001", "–"]);
  });
});
