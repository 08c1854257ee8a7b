import type { Progress } from "../display/progress";
import { Problem } from "../runtime/problem";
import { createRandom } from "../runtime/random";
import { poolStrategies } from "../trials/strategies/table";
import type { Benchmark } from "./benchmark";
import { allFolds, chooseSharing, isWhole } from "./choose-sharing";
import { tableTrainings } from "./labels";
import { poolOfTable } from "./pool-of-table";
import type { Raced } from "./race-strategies";
import { replay } from "./replay";
import type { ReplayOptions } from "./replay-options";
import type { ReplayOutcome } from "./replay-outcome";
import { ridgeShare } from "./ridge-share";

/**
 * Replays all strategies on a table, and judges what they choose by the images that are put aside, which are read here.
 *
 * @param table What was measured.
 * @param options How strategies are replayed, as the protocol says.
 * @param progress What shows how far it is, in strategies; null: nothing.
 * @throws {Problem} Where the table lacks trainings or scores: nothing is read before it is whole.
 */
export async function replayOnTable(
  table: Pick<Benchmark, "protocol" | "networks" | "rows" | "shared" | "putAside">,
  { set, sharing, minutes, decides, pools, replays, seed }: ReplayOptions,
  progress: Progress | null,
): Promise<ReplayOutcome> {
  const random = createRandom(seed);
  const chosen = sharing ? chooseSharing(table, set, random.split("sharing")) : null;
  if (!isWhole(table, set) || (sharing && chosen === null)) {
    throw new Problem(
      `Replays read the images that are put aside, once, and the table lacks trainings of ${set}${sharing ? " or scores by shared weights" : ""}.`,
      "Take the steps before: npm run search-benchmark says how much of each is measured.",
    );
  }
  const variant = chosen?.chosen.score ?? null;
  const choice = { ...tableTrainings, set, folds: allFolds(table.protocol) };
  const pool = poolOfTable(table, table.putAside(), choice, variant);
  const budgets = minutes.map((one) => 60 * one);
  const strategies: Raced[] = [];
  for (const strategy of poolStrategies.filter(({ usesShared }) => variant !== null || !usesShared)) {
    const { kind, title } = strategy;
    // The same pools for all of them.
    const points = replay(strategy, pool, { budgets, pools, replays, random: random.split("race") });
    strategies.push({ kind, title, points });
    await progress?.advance(1, title);
  }
  return {
    ...{ protocol: table.protocol.hash, set, networks: pool.candidates.length, sharing: variant },
    ...{ decides: 60 * decides, strategies, ridge: ridgeShare(pool) },
  };
}
