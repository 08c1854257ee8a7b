import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../../lib/runtime/random";
import { bestShared, hybridPredictor, ridgePredictor } from "../../../lib/trials/strategies/ridge-strategies";
import { follow, problemOf } from "./helpers";

/** Decisions add up: the best has the code 2 2 2. */
const worth = (code: readonly number[]) => 0.7 + 0.03 * code[0]! + 0.02 * code[1]! + 0.01 * code[2]!;

describe("the strategies with a predictor", () => {
  it("come to train what is best where decisions add up, though little was trained", () => {
    for (const strategy of [ridgePredictor, hybridPredictor]) {
      const problem = problemOf(16, worth);
      const search = strategy.search(problem, createRandom(3));
      const { trials, chosen } = follow(search, 16, ({ candidate }) => worth(problem.candidates[candidate]!.code));
      deepEqual(problem.candidates[chosen]!.code, [2, 2, 2], strategy.title);
      equal(new Set(trials.map(({ candidate, fold }) => `${candidate} ${fold}`)).size, trials.length);
    }
  });

  it("give what they have where the budget ends at once", () => {
    for (const strategy of [ridgePredictor, hybridPredictor, bestShared])
      for (const trainings of [0, 1, 3])
        ok(follow(strategy.search(problemOf(trainings, worth), createRandom(3)), trainings, () => 0.5).chosen < 27);
  });

  it("train the best by shared weights first", () => {
    const { trials } = follow(bestShared.search(problemOf(8, worth), createRandom(3)), 8, () => 0.5);
    deepEqual(
      trials.slice(0, 3).map(({ candidate }) => candidate),
      [26, 25, 23],
    );
    ok(!ridgePredictor.usesShared && hybridPredictor.usesShared && bestShared.usesShared);
  });
});
