import type { RandomGenerator } from "../runtime/random";
import { mean, quantile } from "../statistics/summary";
import { checkedSearch } from "../trials/checked-search";
import type { Candidate, PoolStrategy } from "../trials/strategies/pool-strategy";

/** What a table knows of a pool of networks. */
export interface Pool {
  readonly candidates: readonly Candidate[];
  /** How many options each decision has. */
  readonly options: readonly number[];
  /** The area of each candidate on each fold, of validation images: `[candidates, folds]`. */
  readonly areas: readonly (readonly number[])[];
  /** The processor seconds of each of these trainings. */
  readonly seconds: readonly (readonly number[])[];
  /** What each candidate is worth on images that no strategy sees. */
  readonly truth: readonly number[];
  /** The processor seconds of the supernet and of scoring with it, which strategies pay that use it. */
  readonly sharedSeconds: number;
}

/** How a strategy did at a budget. */
export interface ReplayPoint {
  /** Processor seconds that it might use. */
  readonly budget: number;
  /** How far what it chose is below the best of its candidates, on images that it has not seen: the mean over all replays. */
  readonly regret: number;
  /** The middle half of the replays. */
  readonly quartiles: readonly [number, number];
  /** The ends of the 95 % interval of the mean: it would be another with other networks in the table. */
  readonly interval: readonly [number, number];
  /** The mean over the replays on each pool. */
  readonly byPool: readonly number[];
}

/** How strategies are replayed. */
export interface ReplayOptions {
  /** Processor seconds, each a point of the curve. */
  readonly budgets: readonly number[];
  /** How many pools are drawn from the table's networks, with putting back: a bootstrap over networks. Default: 40. */
  readonly pools?: number;
  /** How often each strategy is replayed on each pool at each budget; default: 25. */
  readonly replays?: number;
  /** Draws pools, orders of folds, and what strategies do by chance. The same seed gives all strategies the same pools. */
  readonly random: RandomGenerator;
}

/**
 * Replays a strategy on a table: it sees areas of validation images alone, pays for each training what that took, and is judged on
 * images that it has not seen.
 *
 * @returns A point for each budget.
 * @throws {Problem} Where the strategy asks for a training that is not in the table, or for one twice.
 */
export function replay(strategy: PoolStrategy, pool: Pool, options: ReplayOptions): ReplayPoint[] {
  const { budgets, pools = 40, replays = 25, random } = options;
  return budgets.map((budget) => {
    const regrets = Array.from({ length: pools }, (_, number) => {
      const chance = random.split(number);
      const drawn = drawPool(pool, chance.split("pool"));
      return Array.from({ length: replays }, (_, turn) => {
        const own = chance.split(turn);
        const turned = turnFolds(drawn, own.split("folds"));
        const chosen = runOnce(strategy, turned, budget, own.split(strategy.kind));
        return Math.max(...turned.truth) - turned.truth[chosen]!;
      });
    });
    const byPool = regrets.map((own) => mean(own));
    return {
      ...{ budget, byPool, regret: mean(byPool) },
      quartiles: [quantile(regrets.flat(), 0.25), quantile(regrets.flat(), 0.75)],
      interval: [quantile(byPool, 0.025), quantile(byPool, 0.975)],
    };
  });
}

/**
 * Compares two strategies at a budget, pool by pool.
 *
 * @param first A point of the one.
 * @param second That of the other at the same budget, replayed with the same seed.
 * @returns The regret of the first less that of the second, with its 95 % interval over pools.
 */
export function compareReplays(
  first: ReplayPoint,
  second: ReplayPoint,
): { readonly difference: number; readonly interval: readonly [number, number] } {
  const differences = first.byPool.map((regret, number) => regret - second.byPool[number]!);
  return { difference: mean(differences), interval: [quantile(differences, 0.025), quantile(differences, 0.975)] };
}

// Networks that are drawn more than once are there once: a strategy would know the second for free.
function drawPool(pool: Pool, random: RandomGenerator): Pool {
  const { candidates, areas, seconds, truth } = pool;
  const count = candidates.length;
  const kept = [...new Set(Array.from({ length: count }, () => random.integer(0, count - 1)))].sort((a, b) => a - b);
  const of = <Item>(list: readonly Item[]) => kept.map((place) => list[place]!);
  return { ...pool, candidates: of(candidates), areas: of(areas), seconds: of(seconds), truth: of(truth) };
}

function turnFolds(pool: Pool, random: RandomGenerator): Pool {
  const folds = random.permutation(pool.areas[0]!.length);
  const turned = (rows: readonly (readonly number[])[]) => rows.map((row) => folds.map((fold) => row[fold]!));
  return { ...pool, areas: turned(pool.areas), seconds: turned(pool.seconds) };
}

function runOnce(strategy: PoolStrategy, pool: Pool, budget: number, random: RandomGenerator): number {
  const { candidates, options, areas, seconds, sharedSeconds } = pool;
  let left = budget - (strategy.usesShared ? sharedSeconds : 0);
  const all = seconds.flat();
  const usual = all.reduce((sum, one) => sum + one, 0) / all.length;
  const trainings = Math.max(0, Math.floor(left / usual));
  const problem = { candidates, options, folds: areas[0]!.length, trainings, space: null };
  const search = checkedSearch(strategy, problem, random);
  let step = search.next();
  while (step.done !== true) {
    const { candidate, fold } = step.value;
    left -= seconds[candidate]![fold]!;
    step = search.next(left < 0 ? null : areas[candidate]![fold]!);
  }
  return step.value;
}
