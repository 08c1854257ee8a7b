import { checkConfidence, checkCounts } from "./check-numbers";
import { betaQuantile, incompleteBeta } from "./incomplete-beta";

/** A ratio that can be unbounded. */
export interface OddsRatio {
  /** The ratio, from 0; null where it is unbounded or nothing is known. */
  readonly value: number | null;
  /** The lower end of its interval, from 0; null where it is unbounded. */
  readonly low: number | null;
  /** The upper end; null where there is no upper bound. */
  readonly high: number | null;
  /** Why something is null, as a sentence; null where nothing is. */
  readonly reason: string | null;
}

/** What McNemar's exact test gives. */
export interface McnemarExact {
  /** The two-sided p-value, 0 to 1; 1 where there is no disagreement. */
  readonly p: number;
  /** The odds that, where one is right alone, it is the first; with Clopper and Pearson's interval. */
  readonly oddsRatio: OddsRatio;
}

/**
 * Tests by McNemar's exact test whether two models are right equally often on the same samples (McNemar, "Note on the
 * sampling error of the difference between correlated proportions or percentages", Psychometrika 12:153-157, 1947). Samples
 * with which both are right, or both are wrong, do not count: the others are a coin's tosses where both are equally good.
 *
 * @param onlyFirst How many samples only the first is right about.
 * @param onlySecond How many only the second is right about.
 * @param confidence How often the ratio's intervals hold the true one, between 0 and 1; default: 0.95.
 * @returns The p-value and the odds ratio, onlyFirst / onlySecond.
 * @throws {Problem} Where a count is not a whole number from 0, or the confidence is not such.
 */
export function mcnemarExact(onlyFirst: number, onlySecond: number, confidence = 0.95): McnemarExact {
  checkCounts({ onlyFirst, onlySecond });
  checkConfidence(confidence);
  const total = onlyFirst + onlySecond;
  if (total === 0) {
    const reason = "Neither is right alone about any sample: nothing tells them apart.";
    return { p: 1, oddsRatio: { value: null, low: null, high: null, reason } };
  }
  const fewer = Math.min(onlyFirst, onlySecond);
  // The chance of at most `fewer` heads in `total` tosses.
  const p = 2 * fewer === total ? 1 : Math.min(1, 2 * incompleteBeta(0.5, total - fewer, fewer + 1));
  const tail = (1 - confidence) / 2;
  const odds = (share: number) => share / (1 - share);
  return {
    p,
    oddsRatio: {
      value: onlySecond === 0 ? null : onlyFirst / onlySecond,
      low: onlyFirst === 0 ? 0 : odds(betaQuantile(tail, onlyFirst, onlySecond + 1)),
      high: onlySecond === 0 ? null : odds(betaQuantile(1 - tail, onlyFirst + 1, onlySecond)),
      reason: onlySecond === 0 ? "The second is right alone about no sample: the ratio has no upper bound." : null,
    },
  };
}
