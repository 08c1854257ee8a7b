import { equal, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { checkedSearch } from "../../lib/trials/checked-search";
import { randomRace } from "../../lib/trials/strategies/random-strategies";
import type { PoolSearch, PoolStrategy, Trial } from "../../lib/trials/strategies/pool-strategy";
import { follow, problemOf } from "./strategies/helpers";

describe("checkedSearch(strategy, problem, random)", () => {
  const own = (search: () => PoolSearch): PoolStrategy => ({
    ...{ kind: "own", title: "one's own", description: "One's own.", usesShared: false, search },
  });
  const run = (strategy: PoolStrategy, trainings = 9) =>
    follow(checkedSearch(strategy, problemOf(trainings), createRandom(1)), trainings, () => 0.5);

  it("hands on what a strategy asks for and chooses", () => {
    const plain = follow(randomRace.search(problemOf(9), createRandom(1)), 9, () => 0.5);
    const checked = run(randomRace);
    equal(JSON.stringify(checked), JSON.stringify(plain));
  });

  it("refuses what is not there, what was asked for, and who goes on without a budget", () => {
    const asking = (...trials: Trial[]) =>
      own(function* () {
        for (const trial of trials) yield trial;
        return 0;
      });
    const refused = (strategy: PoolStrategy, message: RegExp, trainings = 9) => {
      throws(() => run(strategy, trainings), message);
    };
    refused(asking({ candidate: 27, fold: 0 }), /candidate 27 on fold 0, of 27 candidates and 4 folds/);
    for (const fold of [-1, 4, 0.5]) refused(asking({ candidate: 0, fold }), /candidate 0 on fold/);
    refused(asking({ candidate: 1, fold: 0 }, { candidate: 1, fold: 0 }), /candidate 1 on fold 0 twice/);
    refused(asking({ candidate: 1, fold: 0 }, { candidate: 1, fold: 1 }), /asks on although its budget is used up/, 0);
    refused(own(function* () { return -1; }), /chose the candidate -1, of 27/); // prettier-ignore
  });
});
