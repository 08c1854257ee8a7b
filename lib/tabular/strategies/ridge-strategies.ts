import type { RandomGenerator } from "../../runtime/random";
import { fitRidge } from "../../statistics/ridge";
import { scoresOf, Seen, standardised, type PoolProblem, type PoolSearch, type PoolStrategy } from "./pool-strategy";
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
    "A ridge regression of area on decisions and costs, fitted to its own trainings; each round trains what it thinks best, and the best are raced over all folds.",
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
    const features = featuresOf(problem, false);
    return raceBest(problem, fitRidge(features, scoresOf(problem)).predict(features));
  },
};

function* searchByRidge(problem: PoolProblem, random: RandomGenerator, withShared: boolean): PoolSearch {
  const { candidates, trainings, folds } = problem;
  const seen = new Seen();
  const features = featuresOf(problem, withShared);
  const perRound = Math.max(1, Math.floor((shareOfRounds * trainings) / rounds));
  let wanted = random.permutation(candidates.length).slice(0, perRound);
  for (let round = 0, trained = 0; round < rounds; round++) {
    for (const candidate of wanted) {
      // Folds in turns: each fold's hardness is taken out of the levels.
      const trial = { candidate, fold: trained++ % folds };
      const area = yield trial;
      if (area === null) return bestByRidge(seen, features);
      seen.note(trial, area);
    }
    const guesses = guess(seen, features);
    wanted = guesses
      .map((value, candidate) => ({ value, candidate }))
      .filter(({ candidate }) => seen.count(candidate) === 0)
      .sort((a, b) => b.value - a.value)
      .slice(0, perRound)
      .map(({ candidate }) => candidate);
  }
  const left = trainings - seen.candidates().length;
  const guesses = guess(seen, features);
  const finalists = seen
    .candidates()
    .sort((a, b) => guesses[b]! - guesses[a]!)
    .slice(0, Math.max(1, Math.floor(left / (folds - 1))));
  for (const candidate of finalists) {
    for (let fold = 0; fold < folds; fold++) {
      const trial = { candidate, fold };
      if (seen.has(trial)) continue;
      const area = yield trial;
      if (area === null) return bestByRidge(seen, features);
      seen.note(trial, area);
    }
  }
  return bestByRidge(seen, features);
}

/** How many trainings the prediction counts for beside a candidate's own. */
const weightOfGuess = 3;

function bestByRidge(seen: Seen, features: readonly (readonly number[])[]): number {
  const trained = seen.candidates();
  if (trained.length < 4) return seen.best();
  const guesses = guess(seen, features);
  const value = (candidate: number) => {
    const count = seen.count(candidate);
    return (count * seen.level(candidate) + weightOfGuess * guesses[candidate]!) / (count + weightOfGuess);
  };
  return trained.reduce((best, next) => (value(next) > value(best) ? next : best));
}

function guess(seen: Seen, features: readonly (readonly number[])[]): number[] {
  const trained = seen.candidates();
  const levels = trained.map((candidate) => seen.level(candidate));
  if (trained.length < 4) return features.map(() => 0);
  return fitRidge(
    trained.map((candidate) => features[candidate]!),
    levels,
  ).predict(features);
}

function featuresOf({ candidates, options }: PoolProblem, withShared: boolean): number[][] {
  const columns = [
    standardised(candidates.map(({ parameters }) => Math.log(parameters))),
    standardised(candidates.map(({ multiplyAdds }) => Math.log(multiplyAdds))),
    ...(withShared ? [scoresOf({ candidates })] : []),
  ];
  return candidates.map(({ code }, candidate) => [
    ...code.flatMap((chosen, decision) =>
      Array.from({ length: options[decision]! }, (_, option) => (option === chosen ? 1 : 0)),
    ),
    ...columns.map((column) => column[candidate]!),
  ]);
}
