import { deepEqual, equal, ok, throws } from "node:assert/strict";

import { createRandom } from "../../lib/runtime/random";
import { compareReplays, replay, type Pool } from "../../lib/tabular/replay";
import type { PoolStrategy } from "../../lib/trials/strategies/pool-strategy";
import { poolStrategies } from "../../lib/trials/strategies/table";

const options = [4, 3, 2, 2, 3, 4, 3, 2, 2, 3];

/** A pool whose candidates are worth the sum of what their decisions are worth, with as much noise in each training. */
function simulatedPool(count: number, given: { noise: number; shared: number; seed: number }): Pool {
  const random = createRandom(given.seed);
  const worth = options.map((size) => Array.from({ length: size }, () => random.normal()));
  const codes = Array.from({ length: count }, () => options.map((size) => random.integer(0, size - 1)));
  const sums = codes.map((code) => code.reduce((sum, chosen, decision) => sum + worth[decision]![chosen]!, 0));
  const deviation = Math.sqrt(sums.reduce((sum, value) => sum + value ** 2, 0) / count);
  const truth = sums.map((value) => value / deviation);
  const folds = [0.3, -0.2, 0.1, 0, -0.1];
  return {
    options,
    truth,
    candidates: codes.map((code, index) => ({
      ...{ code, parameters: 1000, multiplyAdds: 1000 },
      shared: given.shared * truth[index]! + random.normal(),
    })),
    areas: truth.map((value) => folds.map((hardness) => value + hardness + given.noise * random.normal())),
    seconds: truth.map(() => folds.map(() => random.uniform(8, 12))),
    sharedSeconds: 100,
  };
}

const strategyOf = (kind: string) => poolStrategies.find((strategy) => strategy.kind === kind)!;

/** A strategy that asks for trainings whatever it is told, and then chooses a candidate. */
function asking(trials: readonly { candidate: number; fold: number }[], chosen = 0): PoolStrategy {
  return {
    ...strategyOf("random"),
    *search() {
      for (const trial of trials) yield trial;
      return chosen;
    },
  };
}

describe("replay(strategy, pool, options)", function () {
  this.timeout(60_000);
  const pool = simulatedPool(120, { noise: 1, shared: 3, seed: 1 });
  const regretOf = (strategy: PoolStrategy, budget: number, of = pool) =>
    replay(strategy, of, { budgets: [budget], pools: 20, replays: 4, random: createRandom(2) })[0]!.regret;

  it("gives random search without noise the regret that the order statistics give", () => {
    const clean = { ...simulatedPool(100, { noise: 0, shared: 0, seed: 3 }), seconds: pool.truth.map(() => [10]) };
    const once = { ...clean, areas: clean.areas.map(([area]) => [area!]) };
    const [point] = replay(strategyOf("random"), once, {
      ...{ budgets: [105], pools: 400, replays: 10, random: createRandom(4) },
    });
    // The best of 10 of as many as a bootstrap draws, without putting back: its expected value by counting.
    const random = createRandom(5);
    const expected = Array.from({ length: 400 }, () => {
      const drawn = new Set(Array.from({ length: 100 }, () => random.integer(0, 99)));
      const sorted = [...drawn].map((place) => once.truth[place]!).sort((a, b) => a - b);
      const choose = (n: number, k: number) =>
        Array.from({ length: k }, (_, i) => (n - i) / (k - i)).reduce((a, b) => a * b, 1);
      const best = sorted.reduce((sum, value, rank) => sum + (value * choose(rank, 9)) / choose(sorted.length, 10), 0);
      return sorted.at(-1)! - best;
    });
    const mean = expected.reduce((sum, value) => sum + value, 0) / expected.length;
    ok(Math.abs(point!.regret - mean) < 0.03, `${point!.regret} and ${mean}`);
    ok(point!.interval[0] < point!.regret && point!.regret < point!.interval[1]);
    equal(point!.byPool.length, 400);
  });

  it("finds that every strategy does better with more seconds, and all use no more than they may", () => {
    for (const strategy of poolStrategies) {
      const [little, much] = [150, 1500].map((budget) => regretOf(strategy, budget));
      ok(much! < little!, `${strategy.title}: ${little} to ${much}`);
    }
  });

  it("ranks strategies as the pool is made: the predictor above the race where decisions add up, and good shared scores above both", () => {
    const regret = (kind: string) => regretOf(strategyOf(kind), 500);
    ok(regret("random-race") < regret("random"));
    ok(regret("ridge") < regret("random-race"));
    ok(regret("hybrid") < regret("ridge"));
    const over = (shared: number) =>
      [1, 2, 3, 4, 5, 6]
        .map((seed) => simulatedPool(120, { noise: 1, shared, seed }))
        .reduce((sum, each) => sum + regretOf(strategyOf("shared"), 300, each), 0);
    ok(over(0) > 2 * over(3), "scores that say nothing help nothing");
  });

  it("is the same for the same seed, and pairs strategies by the same candidates", () => {
    const twice = [0, 1].map(() => regretOf(strategyOf("ridge"), 300));
    equal(twice[0], twice[1]);
    const first = asking([]);
    const last = { ...first, kind: "other" };
    const points = [first, last].map(
      (strategy) => replay(strategy, pool, { budgets: [100], pools: 5, replays: 2, random: createRandom(2) })[0]!,
    );
    deepEqual(points[0]!.byPool, points[1]!.byPool);
    deepEqual(compareReplays(points[0]!, points[1]!), { difference: 0, interval: [0, 0] });
    const shifted = { ...points[1]!, byPool: points[1]!.byPool.map((regret) => regret + 0.5) };
    ok(Math.abs(compareReplays(points[0]!, shifted).interval[1] + 0.5) < 1e-9);
  });

  it("refuses a strategy that asks for what is not there, asks twice, or goes on without a budget", () => {
    throws(() => regretOf(asking([{ candidate: 500, fold: 0 }]), 100), /candidate 500 on fold 0, of \d+ candidates/);
    throws(() => regretOf(asking([{ candidate: 0, fold: 7 }]), 100), /on fold 7, of \d+ candidates and 5 folds/);
    throws(() => regretOf(asking([0, 0].map(() => ({ candidate: 0, fold: 0 }))), 100), /on fold 0 twice/);
    throws(
      () => regretOf(asking([0, 1, 2].map((fold) => ({ candidate: 0, fold }))), 5),
      /although its budget is used up/,
    );
    throws(() => regretOf(asking([], 999), 100), /chose the candidate 999, of \d+/);
  });
});
