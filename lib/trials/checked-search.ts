import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import type { PoolProblem, PoolSearch, PoolStrategy, Trial } from "./strategies/pool-strategy";

/**
 * Lets a strategy look for the best candidate, and holds it to the rules: it asks for each training once at most, of candidates and
 * folds that there are, chooses one of the candidates, and does so once it is told that its budget is used up.
 *
 * @throws {Problem} Where it does not; names the strategy and what it asks for.
 */
export function* checkedSearch(strategy: PoolStrategy, problem: PoolProblem, random: RandomGenerator): PoolSearch {
  const { title } = strategy;
  const search = strategy.search(problem, random);
  const asked = new Set<string>();
  let step = search.next();
  while (step.done !== true) {
    requireTrial(title, problem, step.value, asked);
    const area = yield step.value;
    step = search.next(area);
    if (area === null && step.done !== true)
      throw new Problem(`${title} asks on although its budget is used up.`, "Let it choose once it is told null.");
  }
  if (problem.candidates[step.value] === undefined)
    throw new Problem(
      `${title} chose the candidate ${step.value}, of ${problem.candidates.length}.`,
      "Let it give the place of a candidate.",
    );
  return step.value;
}

function requireTrial(title: string, problem: PoolProblem, { candidate, fold }: Trial, asked: Set<string>): void {
  const { candidates, folds } = problem;
  const name = `${candidate} ${fold}`;
  const isThere = candidates[candidate] !== undefined && Number.isInteger(fold) && fold >= 0 && fold < folds;
  if (isThere && !asked.has(name)) {
    asked.add(name);
    return;
  }
  throw new Problem(
    `${title} asks for candidate ${candidate} on fold ${fold}${isThere ? " twice" : `, of ${candidates.length} candidates and ${folds} folds`}.`,
    isThere
      ? "Let it ask for each training once at most."
      : "Let it ask for candidates within the budget: those that there are, and what the problem's space admits.",
  );
}
