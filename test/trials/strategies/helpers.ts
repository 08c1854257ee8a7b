import type { PoolProblem, PoolSearch, Trial } from "../../../lib/trials/strategies/pool-strategy";

/** A problem of candidates whose codes are all numbers of three decisions. */
export function problemOf(
  trainings: number,
  shared: (code: readonly number[]) => number | null = () => null,
): PoolProblem {
  const options = [3, 3, 3];
  const codes = Array.from({ length: 27 }, (_, index) => [Math.floor(index / 9), Math.floor(index / 3) % 3, index % 3]);
  return {
    ...{ options, folds: 4, trainings, space: null },
    candidates: codes.map((code) => ({ code, parameters: 100, multiplyAdds: 100, shared: shared(code) })),
  };
}

/** Lets a search train until it has had as many trainings as it may. */
export function follow(
  search: PoolSearch,
  trainings: number,
  areaOf: (trial: Trial) => number,
): { trials: Trial[]; chosen: number } {
  const trials: Trial[] = [];
  let step = search.next();
  while (step.done !== true) {
    const over = trials.length === trainings;
    if (!over) trials.push(step.value);
    step = search.next(over ? null : areaOf(step.value));
  }
  return { trials, chosen: step.value };
}
