import { equal, throws } from "node:assert/strict";

import { brierScore, logLoss } from "../../lib/statistics/scoring-rules";
import { inference, near } from "./recorded/read";

const { labels, probabilities, brier, logLoss: loss, sureMistake } = inference.probabilities;

describe("brierScore(labels, probabilities)", () => {
  it("gives the number that scikit-learn gives", () => {
    near(brierScore(labels, probabilities), brier);
  });

  it("is 0, a quarter and 1 for sure, undecided and wrong probabilities, also of one class", () => {
    equal(brierScore([1, 1], [1, 1]), 0);
    equal(brierScore([1, 0], [0.5, 0.5]), 0.25);
    equal(brierScore([0, 0], [1, 1]), 1);
  });
});

describe("logLoss(labels, probabilities)", () => {
  it("gives the number that scikit-learn gives, also for sure mistakes", () => {
    near(logLoss(labels, probabilities), loss);
    near(logLoss([1, 0], [0, 1]), sureMistake, 1e-12);
  });

  it("is ln 2 for undecided probabilities, and almost 0 for sure ones", () => {
    near(logLoss([1, 0], [0.5, 0.5]), Math.LN2);
    near(logLoss([1, 0], [1, 0]), 0, 1e-15);
  });
});

for (const of of [brierScore, logLoss]) {
  it(`${of.name} refuses other input`, () => {
    throws(() => of([1], [-0.1]), /expected a number from 0 to 1/);
    throws(() => of([1], [NaN]), /is NaN/);
    throws(() => of([0.5], [0.5]), /expected 0 or 1/);
    throws(() => of([1, 0], [0.5]), /There are 2 labels for 1 probabilities/);
    throws(() => of([], []), /There are 0 probabilities/);
  });
}
