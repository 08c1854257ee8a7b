import type { RandomGenerator } from "../../runtime/random";
import { fitRidge, type Ridge } from "../../statistics/ridge";
import { neighboursOf } from "./neighbour-strategies";
import {
  scaleOf,
  scoresOf,
  Seen,
  type Candidate,
  type PoolProblem,
  type PoolSearch,
  type PoolStrategy,
} from "./pool-strategy";
import { raceBest } from "./random-strategies";

/** How many rounds of fitting and training there are before the last race. */
const rounds = 4;

/** The share of the budget that the rounds get; the rest is for racing the best. */
const shareOfRounds = 0.7;

/** Predicts areas from decisions and costs by a ridge regression on its own trainings. */
export const ridgePredictor: PoolStrategy = {
  kind: "ridge",
  title: "ridge predictor",
  description:
    "A ridge regression of area on decisions and costs, fitted to its own trainings; each round trains what it thinks best, in a space also what it climbs to, and the best are raced over all folds.",
  usesShared: false,
  search: (problem, random) => searchByRidge(problem, random, false),
};

/** The same with the score by shared weights as a further column. */
export const hybridPredictor: PoolStrategy = {
  kind: "hybrid",
  title: "ridge with shared scores",
  description: "The ridge predictor with the score by shared weights as a further column.",
  usesShared: true,
  search: (problem, random) => searchByRidge(problem, random, true),
};

/** Races the best by shared weights. */
export const bestShared: PoolStrategy = {
  kind: "shared",
  title: "best by shared weights",
  description: "The candidates with the best scores by shared weights are raced over folds.",
  usesShared: true,
  search: (problem) => raceBest(problem, scoresOf(problem)),
};

/** Races the best by a regression on scores by shared weights. */
export const smoothedShared: PoolStrategy = {
  kind: "ridge-shared",
  title: "ridge on shared scores",
  description:
    "A ridge regression of the scores by shared weights on decisions and costs takes their noise away; the best by it are raced over folds.",
  usesShared: true,
  search(problem) {
    const features = problem.candidates.map(createFeatures(problem, false));
    return raceBest(problem, fitRidge(features, scoresOf(problem)).predict(features));
  },
};

function* searchByRidge(problem: PoolProblem, random: RandomGenerator, withShared: boolean): PoolSearch {
  const { candidates, trainings, folds } = problem;
  const seen = new Seen();
  const [rowOf, plainRowOf] = [withShared, false].map((shared) => createFeatures(problem, shared));
  // Candidates that were taken from the space have come to be there meanwhile.
  const guessNow = () => guess(seen, candidates.map(rowOf!));
  const perRound = Math.max(1, Math.floor((shareOfRounds * trainings) / rounds));
  let wanted = random.permutation(candidates.length).slice(0, perRound);
  for (let round = 0, trained = 0; round < rounds; round++) {
    for (const candidate of wanted) {
      // Folds in turns: each fold's hardness is taken out of the levels.
      const trial = { candidate, fold: trained++ % folds };
      const area = yield trial;
      if (area === null) return bestByRidge(seen, guessNow());
      seen.note(trial, area);
    }
    climb(problem, seen, plainRowOf!, Math.ceil(perRound / 4));
    const guesses = guessNow();
    wanted = guesses
      .map((value, candidate) => ({ value, candidate }))
      .filter(({ candidate }) => seen.count(candidate) === 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, perRound)
      .map(({ candidate }) => candidate);
  }
  const left = trainings - seen.candidates().length;
  const guesses = guessNow();
  const finalists = seen
    .candidates()
    .sort((a, b) => guesses[b]! - guesses[a]!)
    .slice(0, Math.max(1, Math.floor(left / (folds - 1))));
  for (const candidate of finalists) {
    for (let fold = 0; fold < folds; fold++) {
      const trial = { candidate, fold };
      if (seen.has(trial)) continue;
      const area = yield trial;
      if (area === null) return bestByRidge(seen, guessNow());
      seen.note(trial, area);
    }
  }
  return bestByRidge(seen, guessNow());
}

/** How many trainings the prediction counts for beside a candidate's own. */
const weightOfGuess = 3;

function bestByRidge(seen: Seen, guesses: readonly number[]): number {
  const trained = seen.candidates();
  if (trained.length < least) return seen.best();
  const value = (candidate: number) => {
    const count = seen.count(candidate);
    return (count * seen.level(candidate) + weightOfGuess * guesses[candidate]!) / (count + weightOfGuess);
  };
  return trained.reduce((best, next) => (value(next) > value(best) ? next : best));
}

/** The fewest candidates that a regression is fitted to. */
const least = 4;

function guess(seen: Seen, features: readonly (readonly number[])[]): number[] {
  return fit(seen, (candidate) => features[candidate]!)?.predict(features) ?? features.map(() => 0);
}

function fit(seen: Seen, rowOf: (candidate: number) => readonly number[]): Ridge | null {
  const trained = seen.candidates();
  if (trained.length < least) return null;
  return fitRidge(
    trained.map(rowOf),
    trained.map((candidate) => seen.level(candidate)),
  );
}

// From the best by the regression, decision by decision to what it thinks better still: a pool holds few of a space's networks. Scores by
// shared weights are not asked for on the way, they cost seconds.
function climb(problem: PoolProblem, seen: Seen, rowOf: RowOf, starts: number): void {
  const { space, candidates } = problem;
  const ridge = space === null ? null : fit(seen, (candidate) => rowOf(candidates[candidate]!));
  if (space === null || ridge === null) return;
  const valueOf = (row: readonly number[]) => ridge.predict([row])[0]!;
  const tops = candidates
    .map((candidate) => ({ code: candidate.code, value: valueOf(rowOf(candidate)) }))
    .sort((a, b) => b.value - a.value)
    .slice(0, starts);
  for (let top of tops) {
    for (let improved = true; improved;) {
      const better = neighboursOf(problem, top.code)
        .flatMap((code) => space.look(code) ?? [])
        .map((network) => ({ code: network.code, value: valueOf(rowOf(network)) }))
        .reduce((best, next) => (next.value > best.value + 1e-12 ? next : best), top);
      improved = better !== top;
      top = better;
    }
    space.admit(top.code);
  }
}

/** What a regression is told of a network. */
type RowOf = (network: Omit<Candidate, "shared"> & { readonly shared?: number | null }) => number[];

/**
 * Makes what a regression is told of a network: a column of 0 and 1 for each option of each decision, the logarithms of its costs in
 * standard deviations over the candidates, and where it is asked for the score by shared weights.
 *
 * @param problem The candidates, and how many options each decision has.
 */
export function createFeatures(
  { candidates, options }: Pick<PoolProblem, "candidates" | "options">,
  withShared: boolean,
): RowOf {
  const scaled = (valueOf: (one: Parameters<RowOf>[0]) => number) => {
    // By the candidates of the beginning: what joins them changes no column of those that were there.
    const scale = scaleOf(candidates.map(valueOf));
    return (one: Parameters<RowOf>[0]) => scale(valueOf(one));
  };
  const columns = [
    scaled(({ parameters }) => Math.log(parameters)),
    scaled(({ multiplyAdds }) => Math.log(multiplyAdds)),
    ...(withShared ? [scaled(({ shared }) => shared ?? 0)] : []),
  ];
  return (network) => [
    ...network.code.flatMap((chosen, decision) =>
      Array.from({ length: options[decision]! }, (_, option) => (option === chosen ? 1 : 0)),
    ),
    ...columns.map((column) => column(network)),
  ];
}
