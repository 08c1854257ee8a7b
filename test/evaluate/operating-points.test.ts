import { deepEqual, equal, match, ok } from "node:assert/strict";

import { decide } from "../../lib/evaluate/decide";
import { measureOperatingPoints, readOffCurve } from "../../lib/evaluate/operating-points";
import { makeSamples } from "../../lib/evaluate/sample";
import { createRandom } from "../../lib/runtime/random";
import { rocCurve } from "../../lib/statistics/roc-curve";
import { casesOf, examplePredictions } from "./example";

const resampling = () => ({ replicates: 200, confidence: 0.95, random: createRandom(1) });

describe("measureOperatingPoints(set, resampling, at)", () => {
  it("gives both points by both ways, and says which is which", () => {
    const points = measureOperatingPoints(examplePredictions(), resampling(), 0.8);
    deepEqual(
      points.map(({ name, from }) => [name, from]),
      [
        ["sensitivity at 80 % specificity", "validation"],
        ["sensitivity at 80 % specificity", "test curve"],
        ["specificity at 80 % sensitivity", "validation"],
        ["specificity at 80 % sensitivity", "test curve"],
      ],
    );
    ok(points[1]!.specificity.value! >= 0.8 && points[3]!.sensitivity.value! >= 0.8);
    for (const { sensitivity } of points) ok(sensitivity.low! <= sensitivity.value!);
  });

  it("takes thresholds of validation as they are, whatever they give on the tested images", () => {
    const set = examplePredictions();
    const { cases } = decide(set, { kind: "specificity", at: 0.9 });
    const benign = cases.filter(({ label }) => label === 0);
    const [point] = measureOperatingPoints(set, resampling(), 0.9);
    equal(point!.specificity.value, benign.filter(({ decision }) => decision === 0).length / benign.length);
  });

  it("says why there is none from validation, and still reads off the curve", () => {
    const points = measureOperatingPoints(examplePredictions({ validation: false, folds: 1 }), resampling(), 0.9);
    equal(points[0]!.sensitivity.value, null);
    match(points[0]!.sensitivity.reason!, /fold 1, seed 1 has no validation predictions of both classes/);
    ok(points[1]!.sensitivity.value! > 0);
  });

  it("says why there is none on a curve of one class", () => {
    const set = examplePredictions();
    const rows = set.rows.filter(({ part, label }) => part === "validation" || label === 0);
    const [, curve] = measureOperatingPoints({ ...set, rows }, resampling(), 0.9);
    deepEqual([curve!.sensitivity.value, curve!.sensitivity.reason], [null, "All tested images are of one class."]);
  });
});

describe("readOffCurve(sample, weights, held, at)", () => {
  it("gives the best point of the ROC curve that holds what is to be held", () => {
    const { cases } = decide(examplePredictions(), { kind: "fixed", at: 0.5 });
    const { patients, samples } = makeSamples(cases);
    const once = new Uint16Array(patients.length).fill(1);
    const points = rocCurve(
      cases.map(({ label }) => label),
      cases.map(({ probability }) => probability),
    );
    for (const at of [0.5, 0.75, 0.9, 0.95]) {
      const rates = points.filter(({ falsePositiveRate }) => 1 - falsePositiveRate >= at - 1e-12);
      const best = Math.max(...rates.map(({ truePositiveRate }) => truePositiveRate));
      equal(readOffCurve(samples[0]!, once, "specificity", at).sensitivity, best);
      const held = points.filter(({ truePositiveRate }) => truePositiveRate >= at);
      const least = Math.min(...held.map(({ falsePositiveRate }) => falsePositiveRate));
      ok(Math.abs(readOffCurve(samples[0]!, once, "sensitivity", at).specificity - (1 - least)) < 1e-12);
    }
  });

  it("cannot part cases of equal probability", () => {
    const { samples } = makeSamples(casesOf([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5]));
    const once = new Uint16Array(4).fill(1);
    deepEqual(readOffCurve(samples[0]!, once, "specificity", 0.9), { sensitivity: 0, specificity: 1 });
    deepEqual(readOffCurve(samples[0]!, once, "sensitivity", 0.9), { sensitivity: 1, specificity: 0 });
  });
});
