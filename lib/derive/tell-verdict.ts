import type { Cell } from "../display/table";
import type { SearchVerdict } from "./judge-search";

/**
 * Writes a verdict as a row of a table.
 *
 * @param verdict The verdict, with the seed of its search.
 * @returns The row.
 */
export function tellVerdict(verdict: SearchVerdict & { readonly seed: number }): Record<string, Cell> {
  const { seed, found, random, gain, relativeGain, winnerAbove, ranks } = verdict;
  const interval = (low: number | null, high: number | null) =>
    low === null || high === null ? "not defined" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
  const value = (number: number | null) => (number === null ? null : Number(number.toFixed(3)));
  return {
    seed,
    "mean, found": value(found.mean),
    "mean, random": value(random.mean),
    gain: value(gain.value),
    "gain, 95 %": interval(gain.low, gain.high),
    "gain (%)": Number(relativeGain.toFixed(1)),
    "winner above random (%)": Math.round(100 * winnerAbove),
    "Kendall τ": value(ranks.kendall.value),
    "τ, 95 %": interval(ranks.kendall.low, ranks.kendall.high),
    "Spearman ρ": value(ranks.spearman.value),
    "ρ, 95 %": interval(ranks.spearman.low, ranks.spearman.high),
    architectures: ranks.count,
  };
}
