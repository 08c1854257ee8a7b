import type { TableCell } from "../display/table";
import type { JudgedSearch } from "./judge-searches";

/** Writes a verdict as a row of a table; ranks only where architectures were scored with shared weights. */
export function tellVerdict(judged: Pick<JudgedSearch, "name" | "seed" | "verdict">): Record<string, TableCell> {
  const { name, seed, verdict } = judged;
  const { found, random, gain, relativeGain, winnerAbove, ranks } = verdict;
  const value = (number: number | null) => (number === null ? null : Number(number.toFixed(3)));
  const estimate = ({ value: middle, low, high }: typeof gain | typeof ranks.kendall) => {
    if (middle === null) return null;
    return low === null || high === null
      ? `${middle.toFixed(3)} [not defined]`
      : `${middle.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
  };
  return {
    search: name,
    seed,
    "mean, found": value(found.mean),
    "mean, random": value(random.mean),
    "gain [95 %]": estimate(gain),
    "gain (%)": Number(relativeGain.toFixed(1)),
    "winner above random (%)": Math.round(100 * winnerAbove),
    ...(ranks.count === 0
      ? {}
      : {
          "Kendall τ [95 %]": estimate(ranks.kendall),
          "Spearman ρ [95 %]": estimate(ranks.spearman),
          architectures: ranks.count,
        }),
  };
}
