import type { RandomGenerator } from "../../runtime/random";
import { Seen, type PoolProblem, type PoolSearch, type PoolStrategy } from "./pool-strategy";

/** Trains candidates drawn by chance once each, and takes the best: what every strategy has to beat. */
export const randomBest: PoolStrategy = {
  kind: "random",
  title: "random",
  description: "Drawn by chance, trained once on one fold each, the best is taken.",
  usesShared: false,
  *search({ candidates }: PoolProblem, random: RandomGenerator): PoolSearch {
    const seen = new Seen();
    for (const candidate of random.permutation(candidates.length)) {
      const trial = { candidate, fold: 0 };
      const area = yield trial;
      if (area === null) break;
      seen.note(trial, area);
    }
    return seen.best();
  },
};

/** Races candidates over folds. */
export const randomRace: PoolStrategy = {
  kind: "random-race",
  title: "random race",
  description:
    "Drawn by chance; all are trained on one fold, the better half on a second, the better quarter on the rest (successive halving, Jamieson and Talwalkar, AISTATS 2016, over folds in place of epochs).",
  usesShared: false,
  *search({ candidates, trainings, folds }: PoolProblem, random: RandomGenerator): PoolSearch {
    const order = random.permutation(candidates.length);
    return yield* race(order.slice(0, fieldOf(trainings, folds)), folds, new Seen());
  },
};

/**
 * Says how many candidates can run in a race: n of them take n trainings on one fold, n/2 on the second, n/4 on each of the others.
 *
 * @param trainings About how many trainings there are.
 * @returns At least 1.
 */
function fieldOf(trainings: number, folds: number): number {
  return Math.max(1, Math.floor(trainings / (1 + 0.5 + 0.25 * Math.max(0, folds - 2))));
}

/**
 * Races those that promise most: as many as the budget allows.
 *
 * @param promise What each candidate promises.
 */
export function raceBest({ trainings, folds }: PoolProblem, promise: readonly number[]): PoolSearch {
  const order = promise.map((_, candidate) => candidate).sort((a, b) => promise[b]! - promise[a]!);
  return race(order.slice(0, fieldOf(trainings, folds)), folds, new Seen());
}

/**
 * Races candidates over folds: after the first and the second fold the better half stays.
 *
 * @param field Those that run.
 * @param folds How many folds there are.
 * @param seen What is known of them already; what was trained is not trained again.
 * @returns The one with the best mean area among those that came furthest.
 */
export function* race(field: readonly number[], folds: number, seen: Seen): PoolSearch {
  let left = [...field];
  for (let fold = 0; fold < folds; fold++) {
    for (const candidate of left) {
      const trial = { candidate, fold };
      if (seen.has(trial)) continue;
      const area = yield trial;
      if (area === null) return bestOfFurthest(left, seen);
      seen.note(trial, area);
    }
    if (fold < 2) left = byLevel(left, seen).slice(0, Math.max(1, Math.ceil(left.length / 2)));
  }
  return seen.best(left);
}

// Where the budget ends within a fold: one lucky fold must not beat the mean of several.
function bestOfFurthest(field: readonly number[], seen: Seen): number {
  const most = Math.max(...field.map((candidate) => seen.count(candidate)));
  const furthest = field.filter((candidate) => seen.count(candidate) === most);
  const before = field.filter((candidate) => seen.count(candidate) >= most - 1);
  return seen.best(furthest.length * 2 >= before.length ? furthest : before);
}

function byLevel(field: readonly number[], seen: Seen): number[] {
  return [...field].sort((a, b) => seen.level(b) - seen.level(a));
}
