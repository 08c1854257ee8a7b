import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { rankCorrelation, type RankCorrelation } from "../statistics/rank-correlation";
import { mean, standardDeviation } from "../statistics/summary";
import { welchDifference } from "../statistics/welch";
import type { Candidate } from "./candidate";

/** What a search was worth, by its controls. Plain data. */
export interface SearchVerdict {
  /** Architectures of the search that were trained from scratch. */
  readonly found: ArmSummary;
  readonly random: ArmSummary;
  /** By how much the mean of the found ones is above that of the random ones. */
  readonly gain: {
    readonly value: number;
    /** The lower end of its 95 % interval, by Welch; null where there is none. */
    readonly low: number | null;
    /** The upper end; null with it. */
    readonly high: number | null;
    /** How the interval was computed; left out by earlier versions, which took a bootstrap that was too narrow for few values. */
    readonly method?: "Welch";
  };
  /** The same in per cent of the size of the random ones' mean (Yang and others, 2020, "relative improvement"). */
  readonly relativeGain: number;
  /** The share of random architectures that the winner is above of. */
  readonly winnerAbove: number;
  /**
   * How well the order by shared weights agrees with that of training from scratch, over the random architectures alone: found ones
   * were selected by the one of the two. Earlier versions took both together.
   */
  readonly ranks: RankCorrelation;
  /** What a reader must know, in plain sentences, at least one. */
  readonly warnings: readonly string[];
}

/** One kind of architectures. */
export interface ArmSummary {
  readonly count: number;
  readonly mean: number;
  /** The standard deviation of them, as an estimate; null for one alone. */
  readonly deviation: number | null;
  readonly best: number;
}

/**
 * Judges a search by its random control: the gain over random architectures, with Welch's interval, and the
 * rank correlation over the random ones between scores with shared weights and scores after training from scratch (Yu and others, "Evaluating the search
 * phase of neural architecture search", 2020).
 *
 * @param found The search's candidates; those that were trained from scratch count.
 * @param replicates How many times pairs are drawn for the interval of the correlation; default: 2000.
 * @throws {Problem} Where there is no trained candidate, or there are fewer than two random ones, or one that was not trained.
 */
export function judgeSearch(
  found: readonly Candidate[],
  control: readonly Candidate[],
  random: RandomGenerator,
  replicates = 2000,
): SearchVerdict {
  const trained = found.filter(({ standAlone }) => standAlone !== null);
  const untrained = control.filter(({ standAlone }) => standAlone === null).length;
  if (trained.length === 0 || control.length < 2 || untrained > 0) {
    throw new Problem(
      `A search was to be judged by ${trained.length} trained candidates and ${control.length} random architectures, ${untrained} of them not trained, expected at least 1 and 2, all trained.`,
      "Derive a winner and train the control first.",
    );
  }
  const [ours, theirs] = [trained.map(scoreOf), control.map(scoreOf)];
  const { difference: value, low, high, reason } = welchDifference(ours, theirs);
  const gain = { value, low, high, method: "Welch" as const };
  const pairs = control.filter(({ onAll }) => onAll !== null);
  const ranks =
    pairs.length === 0
      ? noRanks
      : rankCorrelation(
          pairs.map(({ onAll }) => onAll!),
          pairs.map(scoreOf),
          { random: random.split("ranks"), replicates },
        );
  const best = Math.max(...ours);
  // By trials nothing is, and the images that candidates are judged on were kept from the search.
  const isShared = [...found, ...control].some(({ onAll }) => onAll !== null);
  const warnings = [
    ...(reason === null ? [] : [`The gain has no interval, of found (first) and random (second) scores. ${reason}`]),
    ...(high !== null && high < 0 ? ["The found architectures are worse than those drawn at random."] : []),
    ...(low !== null && high !== null && low <= 0 && high >= 0
      ? ["The interval of the gain holds 0: the search may be no better than architectures drawn at random."]
      : []),
    ...(ranks.warning === null || !isShared ? [] : [ranks.warning]),
    ...(control.length < 8 ? [`${control.length} random architectures say little; 8 or more are usual.`] : []),
    isShared
      ? "Found and random architectures were judged on the images that the search was rewarded on; the test images say more."
      : "Found and random architectures were judged on images that the search has not seen, by one training each; the test images say more.",
  ];
  return {
    found: summarise(ours),
    random: summarise(theirs),
    gain,
    // By its size: a score that is a negative loss has a negative mean.
    relativeGain: (100 * value) / Math.abs(mean(theirs)),
    winnerAbove: theirs.filter((score) => score < best).length / theirs.length,
    ranks,
    warnings,
  };
}

// No random architecture was scored with shared weights.
const noneKnown = { value: null, low: null, high: null, p: null };
const noRanks: RankCorrelation = {
  ...{ count: 0, kendall: noneKnown, spearman: noneKnown, meaningful: false },
  warning: "No random architecture was scored with shared weights: there is nothing to be ordered.",
};

function scoreOf({ standAlone }: Candidate): number {
  return standAlone!.score;
}

function summarise(scores: readonly number[]): ArmSummary {
  return {
    count: scores.length,
    mean: mean(scores),
    deviation: scores.length < 2 ? null : standardDeviation(scores, 1),
    best: Math.max(...scores),
  };
}
