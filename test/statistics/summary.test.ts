import { deepEqual, equal, ok, throws } from "node:assert/strict";

import {
  mean,
  median,
  pearsonCorrelation,
  quantile,
  standardDeviation,
  wilsonInterval,
} from "../../lib/statistics/summary";
import { near, recorded } from "./recorded/read";

const { summary, wilson } = recorded;

describe("mean, standardDeviation, median and quantile", () => {
  it("give the numbers that NumPy gives", () => {
    near(mean(summary.values), summary.mean);
    near([standardDeviation(summary.values, 0), standardDeviation(summary.values, 1)], summary.deviations);
    near(median(summary.values), summary.median);
    for (const [share, value] of summary.quantiles) near(quantile(summary.values, share), value);
  });

  it("take the mean of the middle two of an even number, and leave the list as it is", () => {
    const values = [4, 1, 3, 2];
    equal(median(values), 2.5);
    deepEqual(values, [4, 1, 3, 2]);
  });

  it("take a single number", () => {
    deepEqual([mean([7]), median([7]), quantile([7], 0.9), standardDeviation([7], 0)], [7, 7, 7, 0]);
  });

  it("refuse what cannot be computed", () => {
    throws(() => mean([]), { name: "Problem" });
    throws(() => standardDeviation([1], 1), /There are 1 values, expected at least 2/);
    throws(() => median([1, NaN]), /is NaN/);
    throws(() => quantile([1, 2], 1.5), /expected a share from 0 to 1/);
    throws(() => quantile([1, 2], -0.1), /expected a share from 0 to 1/);
    throws(() => quantile([1, 2], NaN), /expected a share from 0 to 1/);
  });
});

describe("wilsonInterval(successes, trials, confidence)", () => {
  it("gives the numbers that SciPy gives", () => {
    for (const [successes, trials, confidence, low, high] of wilson) {
      const interval = wilsonInterval(successes, trials, confidence);
      near([interval.low, interval.high], [low, high]);
    }
  });

  it("is the range of shares that a score test does not reject", () => {
    const { low, high } = wilsonInterval(135, 156);
    for (const share of [low, high]) {
      near(Math.abs(135 / 156 - share) / Math.sqrt((share * (1 - share)) / 156), 1.959963984540054, 1e-9);
    }
  });

  it("ends at 0 or 1 where none or all succeed", () => {
    // At any number, whatever rounding leaves of the formula.
    for (let trials = 1; trials < 200; trials++) {
      equal(wilsonInterval(0, trials).low, 0);
      equal(wilsonInterval(trials, trials).high, 1);
    }
    ok(wilsonInterval(7, 7).low > 0.5);
  });

  it("refuses counts and confidences that cannot be", () => {
    for (const [successes, trials] of [
      [0, 0],
      [-1, 5],
      [6, 5],
      [0.5, 5],
      [NaN, 5],
    ] as const) {
      throws(() => wilsonInterval(successes, trials), { name: "Problem", message: /expected whole numbers/ });
    }
    throws(() => wilsonInterval(1, 2, 95), /expected a number between 0 and 1/);
  });
});

describe("pearsonCorrelation(first, second)", () => {
  it("gives the number that SciPy gives", () => {
    near(pearsonCorrelation(summary.values, summary.others), summary.correlation);
  });

  it("is 1 and -1 on a line", () => {
    equal(pearsonCorrelation([1, 2, 3], [10, 20, 30]), 1);
    equal(pearsonCorrelation([1, 2, 3], [3, 2, 1]), -1);
  });

  it("refuses lists that do not belong together, and constant ones", () => {
    throws(() => pearsonCorrelation([1, 2], [1, 2, 3]), /There are 3 values in the second list for 2/);
    throws(() => pearsonCorrelation([1], [1]), /expected at least 2/);
    throws(() => pearsonCorrelation([1, 2], [5, 5]), /All values of the second list are 5/);
  });
});
