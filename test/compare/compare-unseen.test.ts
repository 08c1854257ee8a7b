import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { comparePredictions } from "../../lib/compare/compare-predictions";
import { compareUnseen, unseenNotices, unseenTable } from "../../lib/compare/compare-unseen";
import type { PredictionSet } from "../../lib/evaluate/predictions";
import { examplePredictions } from "./example";

const quick = { replicates: 200, unit: "patients" } as const;
const tested = (set: PredictionSet) => ({ ...set, rows: set.rows.filter(({ part }) => part === "test") });
/** The same images in the folds of two devices, by their patients. */
const byDevice = (set: PredictionSet): PredictionSet => ({
  ...set,
  rows: tested(set).rows.map((row) => ({ ...row, fold: Number(row.patient!.slice(1)) < 20 ? "Logiq" : "Accuson" })),
});

describe("compareUnseen(seen, unseen, options)", () => {
  const seen = tested(examplePredictions("ENAS", { skill: 3 }));
  const unseen = byDevice(examplePredictions("ENAS", { skill: 0.3, draw: 2 }));

  it("holds each group, and all together, against the same images where all groups were seen", () => {
    const all = compareUnseen(seen, unseen, quick);
    deepEqual(
      all.map(({ group, comparison }) => [group, comparison.patients]),
      [
        [null, 60],
        ["Logiq", 20],
        ["Accuson", 40],
      ],
    );
    const whole = all[0]!.comparison;
    ok(whole.areaUnderCurve.difference.high! < 0, "a model that knows less loses");
    const renamed = { ...byDevice(seen), model: "seen" };
    deepEqual(whole, comparePredictions(renamed, { ...unseen, model: "not seen" }, quick));
  });

  it("finds no loss where the model says the same", () => {
    const [whole] = compareUnseen(seen, byDevice(seen), quick);
    equal(whole!.comparison.areaUnderCurve.difference.estimate, 0);
    equal(whole!.comparison.accuracy.difference.high, 0);
  });

  it("leaves a group of one class out, and takes images that no group has", () => {
    const benign = { ...unseen, rows: unseen.rows.filter(({ fold, label }) => fold === "Accuson" || label === 0) };
    deepEqual(
      compareUnseen(seen, benign, quick).map(({ group }) => group),
      [null, "Accuson"],
    );
  });

  it("compares the images that both have, and says how many these are not", () => {
    const [, second] = unseen.rows;
    const few = { ...seen, rows: seen.rows.filter(({ id }) => id !== second!.id) };
    const all = compareUnseen(few, unseen, quick);
    deepEqual(
      all.map(({ group, leftOut }) => [group, leftOut]),
      [
        [null, 1],
        ["Logiq", second!.fold === "Logiq" ? 1 : 0],
        ["Accuson", second!.fold === "Accuson" ? 1 : 0],
      ],
    );
    const without = { ...unseen, rows: unseen.rows.filter(({ id }) => id !== second!.id) };
    deepEqual(all[0]!.comparison, compareUnseen(few, without, quick)[0]!.comparison);
    match(unseenNotices(all)[0]!, /^1 images of groups that were left out are not compared: of them ENAS says nothing/);
    deepEqual(unseenNotices(compareUnseen(seen, unseen, quick)), []);
  });

  it("refuses models that differ, and images of which none is the same", () => {
    throws(
      () => compareUnseen({ ...seen, rows: [] }, unseen, quick),
      /"ENAS" says nothing of the 120 images of groups/,
    );
    throws(() => compareUnseen({ ...seen, model: "CNN" }, unseen, quick), /is of "CNN", and what was not of "ENAS"/);
  });
});

describe("unseenTable(comparisons)", () => {
  it("has a row a model and group", () => {
    const set = byDevice(examplePredictions("ENAS", { skill: 0.3, draw: 2 }));
    const rows = unseenTable(compareUnseen(examplePredictions("ENAS", { skill: 3 }), set, quick));
    equal(rows[0]!["left out"], "each, together");
    equal(rows[2]!.patients, 40);
    match(String(rows[0]!["less seen"]), /^−0\.\d{3} \[−0\.\d{3}, −0\.\d{3}\]$/);
  });
});
