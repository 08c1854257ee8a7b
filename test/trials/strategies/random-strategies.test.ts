import { deepEqual, equal, ok } from "node:assert/strict";

import { createRandom } from "../../../lib/runtime/random";
import { Seen } from "../../../lib/trials/strategies/pool-strategy";
import { race, randomBest, randomRace } from "../../../lib/trials/strategies/random-strategies";
import { follow, problemOf } from "./helpers";

describe("the random strategies", () => {
  it("train each candidate once and take the best, or race half of them on", () => {
    const worth = ({ candidate }: { candidate: number }) => candidate / 100;
    const once = follow(randomBest.search(problemOf(10), createRandom(1)), 10, worth);
    equal(new Set(once.trials.map(({ candidate }) => candidate)).size, 10);
    equal(once.chosen, Math.max(...once.trials.map(({ candidate }) => candidate)));
    const raced = follow(randomRace.search(problemOf(16), createRandom(1)), 16, worth);
    const onFold = (wanted: number) =>
      raced.trials.filter(({ fold }) => fold === wanted).map(({ candidate }) => candidate);
    deepEqual(
      [0, 1, 2, 3].map((fold) => onFold(fold).length),
      [8, 4, 2, 2],
    );
    const best = [...onFold(0)].sort((a, b) => b - a);
    deepEqual(onFold(1), best.slice(0, 4));
    deepEqual(onFold(3), best.slice(0, 2));
    equal(raced.chosen, best[0]);
  });

  it("choose among those that came furthest where the budget ends early", () => {
    const areas: Record<string, number> = { "0 0": 0.9, "1 0": 0.8, "2 0": 0.1, "3 0": 0.1, "0 1": 0.2, "1 1": 0.8 };
    const { chosen } = follow(
      race([0, 1, 2, 3], 4, new Seen()),
      6,
      ({ candidate, fold }) => areas[`${candidate} ${fold}`]!,
    );
    equal(chosen, 1);
    ok(follow(race([0, 1, 2, 3], 4, new Seen()), 0, () => 0.5).chosen >= 0);
  });
});
