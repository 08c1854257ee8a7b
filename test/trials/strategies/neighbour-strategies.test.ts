import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../../lib/runtime/random";
import { localSearch, regularisedEvolution } from "../../../lib/trials/strategies/neighbour-strategies";
import { follow, problemOf } from "./helpers";

describe("the strategies that change what is good", () => {
  const problem = problemOf(20);
  const codeOf = (candidate: number) => problem.candidates[candidate]!.code;
  const worth = ({ candidate }: { candidate: number }) => codeOf(candidate).reduce((sum, option) => sum + option, 0);

  it("climb by single decisions to the best", () => {
    const { trials, chosen } = follow(localSearch.search(problem, createRandom(1)), 20, worth);
    deepEqual(codeOf(chosen), [2, 2, 2]);
    let best = trials.slice(0, 4).reduce((a, b) => (worth(b) > worth(a) ? b : a));
    // Of a full pool there is always one that differs in one decision, until all of them are trained.
    const differing = (a: number, b: number) => codeOf(a).filter((option, place) => option !== codeOf(b)[place]).length;
    trials.slice(4, 9).forEach((trial) => {
      equal(differing(best.candidate, trial.candidate), 1);
      if (worth(trial) > worth(best)) best = trial;
    });
  });

  it("train no candidate twice, and the whole pool where they may", () => {
    for (const strategy of [localSearch, regularisedEvolution]) {
      const { trials } = follow(strategy.search(problemOf(99), createRandom(2)), 99, worth);
      equal(new Set(trials.map(({ candidate }) => candidate)).size, 27, strategy.title);
      equal(trials.length, 27);
      ok(follow(strategy.search(problemOf(5), createRandom(2)), 0, worth).chosen < 27);
    }
  });
});
