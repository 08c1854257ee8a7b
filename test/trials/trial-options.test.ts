import { deepEqual, equal, throws } from "node:assert/strict";

import { checkTrials, usesShared } from "../../lib/trials/trial-options";

describe("the options of a search by trials", () => {
  it("have defaults: a random race over five inner folds within 1,200 processor seconds", () => {
    const { strategy, folds, limit, budget, supernet, training } = checkTrials({});
    deepEqual([strategy, folds, limit, budget, supernet], ["random-race", 5, { cpuSeconds: 1200 }, {}, null]);
    equal(training.epochs, 15);
    equal(usesShared({ strategy: "ridge" }), false);
    equal(usesShared({ strategy: "hybrid" }), true);
    equal(checkTrials({ strategy: "hybrid", supernet: { epochs: 9 } }).supernet!.count, 2);
  });

  it("refuse what is unknown, and what does not fit together", () => {
    const refused = (given: object, message: RegExp) => {
      throws(() => checkTrials(given), message);
    };
    refused({ strategy: "rigde" }, /strategy: "rigde"/);
    refused({ budgets: {} }, /no option "budgets".*Did you mean "budget"/);
    refused({ budget: { parameters: [5, 2] } }, /the least and the most/);
    refused({ limit: { cpuSeconds: 5, trainings: 5 } }, /one of cpuSeconds and trainings/);
    refused({ limit: {} }, /one of cpuSeconds and trainings/);
    refused({ strategy: "shared" }, /uses scores by shared weights, and there is no supernet/);
    refused({ strategy: "shared", supernet: { count: 5 } }, /5 of 5 inner folds .* of the same images/);
    refused({ strategy: "hybrid", supernet: {}, limit: { trainings: 9 } }, /does not count what its supernets cost/);
    refused({ training: { seed: 3 } }, /seed/);
    refused({ strategy: "shared", supernet: { seed: 3 } }, /supernet\.seed/);
  });
});
