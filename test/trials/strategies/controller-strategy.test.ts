import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../../lib/runtime/random";
import { pooledController } from "../../../lib/trials/strategies/controller-strategy";
import { smoothedShared } from "../../../lib/trials/strategies/ridge-strategies";
import { follow, problemOf } from "./helpers";

/** Decisions add up, apart from noise; the best has the code 2 2 2. */
const noise = createRandom(7);
const jitter = Array.from({ length: 27 }, () => 0.004 * noise.normal());
const score = (code: readonly number[]) =>
  0.7 + 0.03 * code[0]! + 0.02 * code[1]! + 0.01 * code[2]! + jitter[9 * code[0]! + 3 * code[1]! + code[2]!]!;

describe("the strategies that learn from shared scores", () => {
  it("train first what shared scores say is best, all over the pool where they may", () => {
    for (const strategy of [pooledController, smoothedShared]) {
      const problem = problemOf(8, score);
      const { trials, chosen } = follow(strategy.search(problem, createRandom(3)), 8, ({ candidate }) =>
        score(problem.candidates[candidate]!.code),
      );
      equal(trials.length, 8, strategy.title);
      ok(
        trials.every(({ candidate }) => problem.candidates[candidate]!.code[0] === 2),
        `${strategy.title} trains those with the best first decision`,
      );
      deepEqual(problem.candidates[chosen]!.code.slice(0, 2), [2, 2]);
    }
  });

  it("do not fail where all candidates score alike", () => {
    for (const strategy of [pooledController, smoothedShared]) {
      const problem = problemOf(5, () => 0.5);
      ok(follow(strategy.search(problem, createRandom(1)), 5, () => 0.5).chosen < 27);
    }
  });
});
