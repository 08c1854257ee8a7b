import { deepEqual, equal, match, ok, throws } from "node:assert/strict";

import { alignPredictions } from "../../lib/compare/align";
import { compareAligned, compareOptions, comparePredictions } from "../../lib/compare/compare-predictions";
import { checkOptions } from "../../lib/runtime/options";
import { examplePredictions, setOf } from "./example";

const good = examplePredictions("good", { skill: 2.5, seeds: [1, 2] });
const bad = examplePredictions("bad", { skill: 0.5, seeds: [1, 2], draw: 2 });
const quick = { replicates: 200 };

describe("comparePredictions(reference, other, options)", () => {
  it("tells a good model from a bad one by every test but that of three folds", () => {
    const comparison = comparePredictions(bad, good, quick);
    equal(comparison.cases, 120);
    equal(comparison.patients, 60);
    equal(comparison.malignant, 40);
    ok(comparison.accuracy.difference.low! > 0);
    ok(comparison.areaUnderCurve.difference.low! > 0);
    ok(comparison.delong.p! < 0.01 && comparison.delong.difference > 0);
    ok(comparison.mcnemar.p < 0.01 && comparison.mcnemar.counts.onlySecond > comparison.mcnemar.counts.onlyFirst);
    equal(comparison.overFolds.accuracy.differences.length, 3);
  });

  it("turns every sign, and no p-value, when the two change places", () => {
    const [one, two] = [comparePredictions(bad, good, quick), comparePredictions(good, bad, quick)];
    const near = (a: number, b: number) => {
      ok(Math.abs(a - b) < 1e-12, `${a} ${b}`);
    };
    for (const measure of ["accuracy", "areaUnderCurve"] as const) {
      near(one[measure].difference.estimate!, -two[measure].difference.estimate!);
      near(one[measure].difference.low!, -two[measure].difference.high!);
      near(one[measure].reference, two[measure].other);
      near(one.overFolds[measure].test!.t!, -two.overFolds[measure].test!.t!);
      near(one.overFolds[measure].test!.p!, two.overFolds[measure].test!.p!);
    }
    near(one.delong.z!, -two.delong.z!);
    near(one.delong.p!, two.delong.p!);
    equal(one.mcnemar.p, two.mcnemar.p);
  });

  it("finds no difference between a model and its copy", () => {
    const { accuracy, delong, mcnemar, overFolds } = comparePredictions(good, { ...good, model: "copy" }, quick);
    deepEqual([accuracy.difference.estimate, accuracy.difference.low, accuracy.difference.high], [0, 0, 0]);
    deepEqual([delong.p, mcnemar.p, overFolds.accuracy.test!.p, overFolds.areaUnderCurve.test!.p], [1, 1, 1, 1]);
  });

  it("says what to know: images of one patient, several seeds", () => {
    const { notes } = comparePredictions(good, bad, quick);
    match(notes[0]!, /120 images are of 60 patients/);
    match(notes[1]!, /good \(2 seeds\) and bad \(2 seeds\)/);
    const labels = [0, 1, 0, 1];
    deepEqual(comparePredictions(setOf("a", labels, [0, 1, 0, 1]), setOf("b", labels, [0, 1, 1, 1]), quick).notes, [
      "One seed of a and of b: what another training would change is in no interval.",
    ]);
  });

  it("gives the same for the same seed", () => {
    deepEqual(comparePredictions(good, bad, quick), comparePredictions(good, bad, quick));
  });

  it("refuses unknown options, other images and impossible confidence", () => {
    throws(() => comparePredictions(good, bad, { replicate: 3 } as object), /no option "replicate".*"replicates"/);
    throws(
      () => comparePredictions(good, examplePredictions("x", { images: 60 })),
      /cannot be compared: 60 of 120 images/,
    );
    throws(
      () => comparePredictions(good, bad, { confidence: 95 }),
      /confidence: 95, expected a number between 0 and 1/,
    );
    throws(() => comparePredictions(good, bad, { replicates: 0 }), /replicates: 0, expected a whole number from 1/);
  });
});

describe("compareAligned(alignment, reference, other, settings)", () => {
  it("compares two of several as if they were alone", () => {
    const settings = checkOptions("compareAligned", compareOptions, quick);
    const alignment = alignPredictions([good, bad, examplePredictions("third")], settings);
    deepEqual(compareAligned(alignment, "good", "bad", settings), comparePredictions(good, bad, quick));
    throws(() => compareAligned(alignment, "good", "none", settings), /no model "none"/);
  });
});
