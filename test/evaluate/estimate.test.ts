import { deepEqual, equal, match, ok } from "node:assert/strict";

import { decide } from "../../lib/evaluate/decide";
import { estimateMeasures, toEstimate } from "../../lib/evaluate/estimate";
import { measureCases, measureNames } from "../../lib/evaluate/measures";
import { makeSamples } from "../../lib/evaluate/sample";
import { createRandom } from "../../lib/runtime/random";
import { logitInterval } from "../../lib/statistics/area-interval";
import { delongInterval } from "../../lib/statistics/delong";
import { wilsonInterval } from "../../lib/statistics/summary";
import { casesOf, examplePredictions } from "./example";

const options = () => ({ replicates: 400, confidence: 0.95, random: createRandom(1) });
const casesIn = (set = examplePredictions()) => decide(set, { kind: "fixed", at: 0.5 }).cases;

describe("estimateMeasures(cases, options)", () => {
  it("gives DeLong's interval of an area of independent cases, with the bootstrap's beside, close to it", () => {
    const cases = casesIn(examplePredictions({ patients: 100 }));
    const { areaUnderCurve } = estimateMeasures(cases, options());
    // Folds are independent: half of the pairs are in each, and so a quarter of its variance counts.
    const folds = ["fold 1", "fold 2"].map((fold) => {
      const own = cases.filter((one) => one.fold === fold);
      return delongInterval(
        own.map(({ label }) => label),
        own.map(({ probability }) => probability),
      );
    });
    const area = (folds[0]!.areaUnderCurve + folds[1]!.areaUnderCurve) / 2;
    const expected = logitInterval(area, (folds[0]!.variance! + folds[1]!.variance!) / 4, 0.95);
    const found = [areaUnderCurve.value!, areaUnderCurve.low!, areaUnderCurve.high!];
    [area, expected.low, expected.high].forEach((value, index) => {
      ok(Math.abs(found[index]! - value) < 1e-12);
    });
    equal(areaUnderCurve.method, "DeLong, within 2 folds");
    match(areaUnderCurve.beside!.method, /^bootstrap over 200 patients within 2 folds, 400 replicates; one seed: what/);
    ok(Math.abs(areaUnderCurve.beside!.low - expected.low) < 0.02);
    ok(Math.abs(areaUnderCurve.beside!.high - expected.high) < 0.02);
  });

  it("gives the bootstrap's interval where patients have several images, which DeLong's does not know of", () => {
    const { areaUnderCurve } = estimateMeasures(casesIn(examplePredictions({ views: 2 })), options());
    match(areaUnderCurve.method!, /^bootstrap over 60 patients/);
    equal(areaUnderCurve.beside!.method, "Obuchowski, within 2 folds");
  });

  it("gives Wilson's interval beside that of a share", () => {
    const cases = casesIn();
    const right = cases.filter(({ label, decision }) => label === decision).length;
    const { accuracy } = estimateMeasures(cases, options());
    deepEqual(accuracy.beside, { ...wilsonInterval(right, cases.length), method: "Wilson" });
    ok(accuracy.low! < accuracy.value! && accuracy.value! < accuracy.high!);
  });

  it("takes means over seeds, and no formula for them", () => {
    const set = examplePredictions({ seeds: [1, 2] });
    const all = estimateMeasures(casesIn(set), options());
    for (const name of measureNames) {
      const values = [1, 2].map((seed) => measureCases(casesIn(set).filter((one) => one.seed === seed))[name].value!);
      ok(Math.abs(all[name].value! - (values[0]! + values[1]!) / 2) < 1e-12, name);
      equal(all[name].beside, null);
    }
  });

  it("is wider with several seeds than patients alone would make it, and says so", () => {
    const set = examplePredictions({ seeds: [1, 2, 3], patients: 60 });
    // The third training went badly.
    const rows = set.rows.map((row) => (row.seed === 3 ? { ...row, probability: 0.5 + 0.4 * (row.probability - 0.5) * (row.id.length % 2 ? 1 : -1) } : row)); // prettier-ignore
    const uneven = estimateMeasures(casesIn({ ...set, rows }), options()).areaUnderCurve;
    const even = estimateMeasures(casesIn(set), options()).areaUnderCurve;
    match(even.method!, /within 2 folds, 400 replicates, and 3 seeds$/);
    ok(uneven.high! - uneven.low! > 2 * (even.high! - even.low!), JSON.stringify([uneven, even]));
    ok(uneven.low! >= 0 && uneven.high! <= 1);
  });

  it("gives scores without information an area of exactly 0.5, however far apart the folds' are", () => {
    const set = examplePredictions({ views: 2 });
    const rows = set.rows.map((row) => ({ ...row, probability: row.fold === "fold 1" ? 0.31 : 0.35, logit: null }));
    const { areaUnderCurve } = estimateMeasures(casesIn({ ...set, rows }), options());
    deepEqual([areaUnderCurve.value, areaUnderCurve.low, areaUnderCurve.high], [0.5, 0.5, 0.5]);
  });

  it("has no area where no fold has both classes", () => {
    const cases = casesOf([1, 1, 0, 0], [0.9, 0.8, 0.2, 0.1]).map((one, index) => ({
      ...one,
      fold: `fold ${index < 2 ? 1 : 2}`,
    }));
    const { areaUnderCurve, accuracy } = estimateMeasures(cases, options());
    deepEqual([areaUnderCurve.value, areaUnderCurve.reason, accuracy.value], [null, "No fold has both classes.", 1]);
  });

  it("names the seed for which a measure is not defined, and gives no mean of the others", () => {
    const cases = [
      ...casesOf([0, 1, 0, 1], [0.1, 0.9, 0.2, 0.8]),
      ...casesOf([0, 1, 0, 1], [0.1, 0.2, 0.3, 0.4]).map((one) => ({ ...one, seed: 2 })),
    ];
    const { precision } = estimateMeasures(cases, options());
    equal(precision.value, null);
    equal(precision.reason, "With seed 2: No sample was called malignant.");
  });

  it("never gives an interval without width: that of none or all is Wilson's, and an area of 1 is not certain", () => {
    const labels = Array.from({ length: 40 }, (_, index) => (index % 2) as 0 | 1);
    const perfect = estimateMeasures(
      casesOf(
        labels,
        labels.map((label) => 0.2 + 0.6 * label),
        // Two images each, so that the area's own interval is not DeLong's from the start.
        labels.map((_, index) => `p${index % 20}`),
      ),
      options(),
    );
    equal(perfect.accuracy.method, "Wilson");
    ok(perfect.accuracy.low! < 0.95);
    equal(perfect.areaUnderCurve.value, 1);
    ok(perfect.areaUnderCurve.low! < 0.9, String(perfect.areaUnderCurve.low));
    deepEqual([perfect.mcc.value, perfect.mcc.low], [1, null]);
    match(perfect.mcc.reason!, /all replicates give the same value/);
  });

  it("holds the expected calibration error in its interval, though resampling exceeds it", () => {
    const probabilities = Array.from({ length: 200 }, (_, index) => 0.05 + 0.1 * (index % 10));
    const labels = probabilities.map((probability, index) => (Math.floor(index / 10) < 20 * probability ? 1 : 0));
    const { expectedCalibrationError: error } = estimateMeasures(casesOf(labels, probabilities), options());
    ok(error.low! <= error.value! && error.value! < error.high!, JSON.stringify(error));
    match(error.method!, /extended down to the value/);
  });

  it("keeps every value within its interval, on ordinary predictions", () => {
    for (const [name, { value, low, high }] of Object.entries(estimateMeasures(casesIn(), options()))) {
      ok(low! <= value! && value! <= high!, name);
    }
  });
});

describe("toEstimate(measure, interval, samples, replicates)", () => {
  const samples = (patients: number) =>
    makeSamples(
      casesOf(
        Array.from({ length: patients }, () => 1 as const),
        Array.from({ length: patients }, () => 0.5),
      ),
    );

  it("says why there is no value or no interval", () => {
    const none = { low: null, high: null, undefinedReplicates: 90 };
    const absent = { value: null, reason: "There is no malignant sample." };
    equal(toEstimate(absent, { low: 0, high: 1, undefinedReplicates: 0 }, samples(9), 100).reason, absent.reason);
    match(toEstimate({ value: 1, reason: null }, none, samples(9), 100).reason!, /not defined in 90 of 100 replicates/);
    match(toEstimate({ value: 1, reason: null }, none, samples(1), 100).reason!, /one patient only/);
    const some = toEstimate({ value: 0.5, reason: null }, { low: 0, high: 1, undefinedReplicates: 3 }, samples(9), 100);
    equal(
      some.method,
      "bootstrap over 9 patients, 100 replicates (not defined in 3); one seed: what another training would change is left out",
    );
  });
});
