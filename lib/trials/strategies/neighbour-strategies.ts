import type { RandomGenerator } from "../../runtime/random";
import { Seen, type PoolProblem, type PoolSearch, type PoolStrategy } from "./pool-strategy";

/** Climbs from the best so far to what differs least from it. */
export const localSearch: PoolStrategy = {
  kind: "local-search",
  title: "local search",
  description:
    "Trains what differs from the best so far in one decision, on a table in the fewest, and moves where it is better (White, Nolen and Savani, UAI 2021).",
  usesShared: false,
  *search(problem: PoolProblem, random: RandomGenerator): PoolSearch {
    const seen = new Seen();
    const start = random.permutation(problem.candidates.length).slice(0, Math.ceil(problem.trainings / 5));
    for (const candidate of start) {
      const area = yield { candidate, fold: 0 };
      if (area === null) return seen.best();
      seen.note({ candidate, fold: 0 }, area);
    }
    while (seen.candidates().length < problem.candidates.length) {
      const candidate = neighbourOf(problem, seen.best(), seen, random);
      const area = yield { candidate, fold: 0 };
      if (area === null) break;
      seen.note({ candidate, fold: 0 }, area);
    }
    return seen.best();
  },
};

/** How many architectures an evolution keeps, and among how many of them a parent is chosen. */
const [population, tournament] = [10, 4];

/** Changes good architectures and lets the oldest die. */
export const regularisedEvolution: PoolStrategy = {
  kind: "evolution",
  title: "evolution",
  description:
    "Changes one decision of the best of some, on a table taking the candidate nearest to that, and lets the oldest die (Real, Aggarwal, Huang and Le, AAAI 2019).",
  usesShared: false,
  *search(problem: PoolProblem, random: RandomGenerator): PoolSearch {
    const seen = new Seen();
    const living: number[] = [];
    while (seen.candidates().length < problem.candidates.length) {
      const candidate: number =
        living.length < population
          ? random.choice(problem.candidates.map((_, place) => place).filter((place) => seen.count(place) === 0))
          : childOf(problem, parentOf(living, seen, random), seen, random);
      const area = yield { candidate, fold: 0 };
      if (area === null) break;
      seen.note({ candidate, fold: 0 }, area);
      living.push(candidate);
      if (living.length > population) living.shift();
    }
    return seen.best();
  },
};

function parentOf(living: readonly number[], seen: Seen, random: RandomGenerator): number {
  return seen.best(random.shuffled(living).slice(0, tournament));
}

/** How many mutations are drawn until one is within the budget and was not trained. */
const mutations = 50;

function childOf(problem: PoolProblem, parent: number, seen: Seen, random: RandomGenerator): number {
  if (problem.space === null) return nearestTo(problem, mutated(problem, parent, random), seen, random);
  for (let drawn = 0; drawn < mutations; drawn++) {
    const child = admitUntrained(problem, mutated(problem, parent, random), seen);
    if (child !== null) return child;
  }
  return nearestTo(problem, problem.candidates[parent]!.code, seen, random);
}

// In a space there is a candidate for every decision; only where none of them is within the budget, the nearest that is there.
function neighbourOf(problem: PoolProblem, candidate: number, seen: Seen, random: RandomGenerator): number {
  const { code } = problem.candidates[candidate]!;
  if (problem.space !== null)
    for (const changed of random.shuffled(neighboursOf(problem, code))) {
      const neighbour = admitUntrained(problem, changed, seen);
      if (neighbour !== null) return neighbour;
    }
  return nearestTo(problem, code, seen, random);
}

function admitUntrained({ space }: PoolProblem, code: readonly number[], seen: Seen): number | null {
  if (space!.look(code) === null) return null;
  const place = space!.admit(code);
  return seen.count(place) === 0 ? place : null;
}

/** Lists the codes that differ from one in a single decision. */
export function neighboursOf({ options }: Pick<PoolProblem, "options">, code: readonly number[]): number[][] {
  return options.flatMap((count, decision) =>
    Array.from({ length: count }, (_, option) => option)
      .filter((option) => option !== code[decision])
      .map((option) => code.map((chosen, place) => (place === decision ? option : chosen))),
  );
}

function mutated({ candidates, options }: PoolProblem, parent: number, random: RandomGenerator): number[] {
  const code = [...candidates[parent]!.code];
  const open = options.flatMap((count, decision) => (count > 1 ? [decision] : []));
  const decision = random.choice(open);
  const drawn = random.integer(0, options[decision]! - 2);
  code[decision] = drawn >= code[decision]! ? drawn + 1 : drawn;
  return code;
}

// A pool has not every architecture: the nearest of those that were not trained stands for the one that is wanted.
function nearestTo({ candidates }: PoolProblem, code: readonly number[], seen: Seen, random: RandomGenerator): number {
  let [least, nearest]: [number, number[]] = [Infinity, []];
  candidates.forEach((other, candidate) => {
    if (seen.count(candidate) > 0) return;
    const distance = other.code.filter((chosen, decision) => chosen !== code[decision]).length;
    if (distance < least) [least, nearest] = [distance, []];
    if (distance === least) nearest.push(candidate);
  });
  return random.choice(nearest);
}
