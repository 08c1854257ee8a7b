import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { quantile } from "../statistics/summary";
import type { Candidate, PoolStrategy } from "./strategies/pool-strategy";

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
  /** The ends of the 95 % interval of the mean, over replays, each of candidates drawn anew. */
  readonly interval: readonly [number, number];
}

/** How strategies are replayed. */
export interface ReplayOptions {
  /** Processor seconds, each a point of the curve. */
  readonly budgets: readonly number[];
  /** How often each strategy is replayed at each budget; default: 1000. */
  readonly replays?: number;
  /** The share of the candidates that each replay has, drawn by chance: so that a curve is not that of one pool. Default: 0.7. */
  readonly share?: number;
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
  const { budgets, replays = 1000, share = 0.7, random } = options;
  return budgets.map((budget) => {
    const regrets = Array.from({ length: replays }, (_, number) => {
      // The same candidates and folds for all strategies: differences between them are paired.
      const chance = random.split(number);
      const drawn = subPool(pool, share, chance);
      const chosen = runOnce(strategy, drawn, budget, chance.split(strategy.kind));
      return Math.max(...drawn.truth) - drawn.truth[chosen]!;
    });
    const mean = regrets.reduce((sum, regret) => sum + regret, 0) / replays;
    const chance = random.split("interval");
    const means = Array.from({ length: 500 }, () => {
      let sum = 0;
      for (let draw = 0; draw < replays; draw++) sum += regrets[chance.integer(0, replays - 1)]!;
      return sum / replays;
    });
    return {
      ...{ budget, regret: mean },
      quartiles: [quantile(regrets, 0.25), quantile(regrets, 0.75)],
      interval: [quantile(means, 0.025), quantile(means, 0.975)],
    };
  });
}

function subPool(pool: Pool, share: number, random: RandomGenerator): Pool {
  const { candidates, areas, seconds, truth } = pool;
  const kept = random.permutation(candidates.length).slice(0, Math.max(2, Math.round(share * candidates.length)));
  const folds = random.permutation(areas[0]!.length);
  const of = <Item>(list: readonly Item[]) => kept.map((place) => list[place]!);
  const turned = (rows: readonly (readonly number[])[]) => of(rows).map((row) => folds.map((fold) => row[fold]!));
  return { ...pool, candidates: of(candidates), areas: turned(areas), seconds: turned(seconds), truth: of(truth) };
}

function runOnce(strategy: PoolStrategy, pool: Pool, budget: number, random: RandomGenerator): number {
  const { candidates, options, areas, seconds, sharedSeconds } = pool;
  let left = budget - (strategy.usesShared ? sharedSeconds : 0);
  const all = seconds.flat();
  const usual = all.reduce((sum, one) => sum + one, 0) / all.length;
  const trainings = Math.max(0, Math.floor(left / usual));
  const search = strategy.search({ candidates, options, folds: areas[0]!.length, trainings }, random);
  const seen = new Set<string>();
  let step = search.next();
  while (step.done !== true) {
    const { candidate, fold } = step.value;
    const [area, cost] = [areas[candidate]?.[fold], seconds[candidate]?.[fold]];
    const name = `${candidate} ${fold}`;
    if (area === undefined || cost === undefined || seen.has(name))
      throw new Problem(
        `${strategy.title} asks for candidate ${candidate} on fold ${fold}${seen.has(name) ? " twice" : `, of ${candidates.length} candidates and ${areas[0]!.length} folds`}.`,
        "Let it ask for each training of the pool once at most.",
      );
    seen.add(name);
    left -= cost;
    step = search.next(left < 0 ? null : area);
    if (left < 0 && step.done !== true)
      throw new Problem(
        `${strategy.title} asks on although its budget is used up.`,
        "Let it choose once it is told null.",
      );
  }
  if (candidates[step.value] === undefined)
    throw new Problem(
      `${strategy.title} chose the candidate ${step.value}, of ${candidates.length}.`,
      "Let it give the place of a candidate.",
    );
  return step.value;
}
