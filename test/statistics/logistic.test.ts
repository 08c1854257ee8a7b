import { equal, ok } from "node:assert/strict";

import { dot, logistic } from "../../lib/statistics/logistic";

describe("logistic(logit)", () => {
  it("is (1 + tanh(logit / 2)) / 2", () => {
    for (let logit = -30; logit <= 30; logit += 0.7) {
      ok(Math.abs(logistic(logit) - (1 + Math.tanh(logit / 2)) / 2) < 1e-15, `at ${logit}`);
    }
    equal(logistic(0), 0.5);
  });

  it("keeps its digits far below 0, and ends at 0 and 1", () => {
    equal(logistic(-700), Math.exp(-700));
    equal(logistic(-1000), 0);
    equal(logistic(1000), 1);
    equal(logistic(-Infinity), 0);
    equal(logistic(Infinity), 1);
  });
});

describe("dot(first, second)", () => {
  it("sums the products of what stands at the same place", () => {
    equal(dot([1, 2, 3], [4, 5, 6]), 32);
    equal(dot([1, -1], [2, 2]), 0);
    equal(dot([], []), 0);
  });
});
