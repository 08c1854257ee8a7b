import { deepEqual, equal, ok, throws } from "node:assert/strict";

import {
  boundedInterval,
  bootstrapSamples,
  measureSamples,
  type WeightedStatistic,
} from "../../lib/evaluate/bootstrap";
import { makeSamples } from "../../lib/evaluate/sample";
import { createRandom } from "../../lib/runtime/random";
import { casesOf } from "./example";

/** The share of malignant cases, and a value that is only defined with the first patient. */
const statistic: WeightedStatistic = ({ patient, label }, weights, values) => {
  let [ones, all] = [0, 0];
  label.forEach((one, index) => {
    ones += one * weights[patient[index]!]!;
    all += weights[patient[index]!]!;
  });
  values[0] = ones / all;
  values[1] = weights[0] === 0 ? NaN : 1;
};

const options = (replicates = 2000) => ({ replicates, confidence: 0.95, random: createRandom(1) });
const labels = Array.from({ length: 100 }, (_, index) => (index < 30 ? 1 : 0));
const samplesOf = (patients?: string[]) =>
  makeSamples(
    casesOf(
      labels,
      labels.map((_, index) => index / 100),
      patients,
    ),
  );

describe("bootstrapSamples(samples, count, statistic, options)", () => {
  it("gives the interval of a share that the normal approximation gives", () => {
    const [share] = bootstrapSamples(samplesOf(), 2, statistic, options());
    const half = 1.96 * Math.sqrt((0.3 * 0.7) / 100);
    ok(Math.abs(share!.low! - (0.3 - half)) < 0.015, String(share!.low));
    ok(Math.abs(share!.high! - (0.3 + half)) < 0.015, String(share!.high));
    equal(share!.undefinedReplicates, 0);
  });

  it("is wider where images of a patient go together", () => {
    const width = (patients?: string[]) => {
      const [share] = bootstrapSamples(samplesOf(patients), 2, statistic, options());
      return share!.high! - share!.low!;
    };
    // Ten images each, all of one label: as good as ten images.
    const ratio = width(labels.map((_, index) => `p${Math.floor(index / 10)}`)) / width();
    ok(Math.abs(ratio - Math.sqrt(10)) < 0.5, String(ratio));
  });

  it("counts replicates without a value, and gives no interval where they are many", () => {
    const [, second] = bootstrapSamples(samplesOf(), 2, statistic, options());
    // A given patient of a hundred is not drawn with the probability 0.99 to the hundredth.
    ok(Math.abs(second!.undefinedReplicates / 2000 - 0.99 ** 100) < 0.04, String(second!.undefinedReplicates));
    deepEqual([second!.low, second!.high], [null, null]);
  });

  it("gives the same for the same seed, and no interval of one patient", () => {
    deepEqual(
      bootstrapSamples(samplesOf(), 2, statistic, options(200)),
      bootstrapSamples(samplesOf(), 2, statistic, options(200)),
    );
    const [only] = bootstrapSamples(samplesOf(labels.map(() => "a")), 2, statistic, options(200));
    deepEqual([only!.low, only!.high], [null, null]);
  });

  it("refuses options that cannot be such", () => {
    throws(
      () => bootstrapSamples(samplesOf(), 2, statistic, options(0)),
      /replicates: 0, expected a whole number from 1/,
    );
    throws(() => bootstrapSamples(samplesOf(), 2, statistic, { ...options(), confidence: 1 }), /confidence is 1/);
  });
});

describe("measureSamples(samples, count, statistic)", () => {
  it("measures each patient once, and takes the mean over seeds", () => {
    const cases = casesOf([1, 0, 0, 0], [0.1, 0.2, 0.3, 0.4]);
    const other = casesOf([1, 1, 0, 0], [0.1, 0.2, 0.3, 0.4]).map((one) => ({ ...one, seed: 2 }));
    equal(measureSamples(makeSamples([...cases, ...other]), 2, statistic)[0], 0.375);
  });
});

describe("boundedInterval(interval, least, most)", () => {
  it("moves ends alone that lie outside, and leaves what is not there", () => {
    const of = (low: number | null, high: number | null) => ({ low, high, undefinedReplicates: 3 });
    deepEqual(boundedInterval(of(-0.1, 1.2), 0, 1), of(0, 1));
    deepEqual(boundedInterval(of(-0.1, 0.8), -1, Infinity), of(-0.1, 0.8));
    deepEqual(boundedInterval(of(null, null), 0, 1), of(null, null));
  });
});
