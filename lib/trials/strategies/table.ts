import { pooledController } from "./controller-strategy";
import { localSearch, regularisedEvolution } from "./neighbour-strategies";
import { randomBest, randomRace } from "./random-strategies";
import { bestShared, hybridPredictor, ridgePredictor, smoothedShared } from "./ridge-strategies";
import type { PoolStrategy } from "./pool-strategy";

/** The strategies that are raced on a table, in the order of their figures. */
export const poolStrategies: readonly PoolStrategy[] = [
  randomBest,
  randomRace,
  localSearch,
  regularisedEvolution,
  ridgePredictor,
  bestShared,
  smoothedShared,
  pooledController,
  hybridPredictor,
];
