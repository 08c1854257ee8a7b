import * as v from "valibot";

import { showFigure } from "../display/figure";
import { showTable, type TableCell } from "../display/table";
import { listOf, nullable, number, passed, text, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { createRandom, type RandomGenerator } from "../runtime/random";
import type { PoolStrategy } from "../trials/strategies/pool-strategy";
import { poolStrategies } from "../trials/strategies/table";
import type { Benchmark } from "./benchmark";
import { drawReplays } from "./figures/draw-replays";
import { tableTrainings } from "./labels";
import { poolOfFolds } from "./pool-of-folds";
import { compareReplays, replay, type ReplayPoint } from "./replay";

const folds = (own: number[]) => v.optional(listOf(wholeNumber({ from: 1 }), { least: 1, different: true }), own);

const raceOptions = v.strictObject({
  /** The set of networks; default: "shape". */
  set: v.optional(text("a set of networks"), "shape"),
  /** The inner folds that strategies see, from 1; default: 1, 2 and 3. */
  seen: folds([1, 2, 3]),
  /** The inner folds that their choices are judged on; default: 4 and 5. */
  judged: folds([4, 5]),
  /** What strategies may use, in processor minutes; default: 5, 10, 20 and 40. */
  minutes: v.optional(listOf(number({ above: 0 }), { least: 1, different: true }), [5, 10, 20, 40]),
  /** The way of sharing weights whose scores strategies may see and pay for; default: null, and none of them is raced that needs one. */
  sharing: v.optional(nullable(text("a way of sharing: A")), null),
  /** How many pools are drawn from the table's networks; default: 25. */
  pools: v.optional(wholeNumber({ from: 2 }), 25),
  /** How often each strategy is replayed on each at each budget; default: 10. */
  replays: v.optional(wholeNumber({ from: 1 }), 10),
  /** Draws pools and what strategies do by chance; default: seed 1. */
  random: v.optional(passed<RandomGenerator>("a RandomGenerator"), () => createRandom(1)),
});

/** How strategies are raced. @interface */
export type RaceOptions = v.InferInput<typeof raceOptions>;

/** A strategy that was raced. */
export interface Raced {
  readonly kind: string;
  readonly title: string;
  /** A point for each budget. */
  readonly points: readonly ReplayPoint[];
}

/** What every strategy is held against. */
const reference = "random-race";

/**
 * Races strategies on a table: each sees the areas of some inner folds, pays for each training what that took, and is judged by how far its
 * choice lies below the best network on other folds, whose images it has not seen. Images that the protocol puts aside are not read.
 *
 * @param table What was measured.
 * @param own Strategies of one's own, beside those of the library.
 * @throws {Problem} Where a fold is both seen and judged on, networks were not measured on all of them, or a strategy asks for what is not
 *   there.
 */
export function raceStrategies(
  table: Pick<Benchmark, "protocol" | "networks" | "rows" | "shared">,
  own: readonly PoolStrategy[] = [],
  options: RaceOptions = {},
): Raced[] {
  const { set, seen, judged, minutes, sharing, pools, replays, random } = checkOptions(
    "raceStrategies",
    raceOptions,
    options,
  );
  const pool = poolOfFolds(table, { ...tableTrainings, set, folds: seen }, judged, sharing);
  const budgets = minutes.map((one) => 60 * one);
  return [...poolStrategies.filter(({ usesShared }) => sharing !== null || !usesShared), ...own].map((strategy) => ({
    ...{ kind: strategy.kind, title: strategy.title },
    points: replay(strategy, pool, { budgets, pools, replays, random: random.split("race") }),
  }));
}

/**
 * Makes the table of a race: a row for each strategy that is held against the random race.
 *
 * @param budget At how many processor seconds; default: the most.
 */
export function raceTable(
  raced: readonly Raced[],
  budget: number = raced[0]!.points.at(-1)!.budget,
): Record<string, TableCell>[] {
  const race = raced.find(({ kind }) => kind === reference);
  const at = ({ points }: Raced) => points.find((point) => point.budget === budget)!;
  return raced
    .filter((one) => race !== undefined && one !== race)
    .map((one) => {
      const { difference, interval } = compareReplays(at(one), at(race!));
      const [low, high] = interval.map((end) => Number(end.toFixed(5)));
      return {
        strategy: one.title,
        "regret less the race's": Number(difference.toFixed(5)),
        "95 % from": low,
        to: high,
      };
    });
}

/** Shows a race: the regret of each strategy over what it may use, and the differences to the random race. */
export function showRace(raced: readonly Raced[]): void {
  showFigure(drawReplays(raced));
  const minutes = raced[0]!.points.at(-1)!.budget / 60;
  showTable(raceTable(raced), { caption: `Against the random race, at ${minutes} processor minutes` });
}
