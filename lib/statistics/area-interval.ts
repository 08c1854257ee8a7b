import { checkConfidence } from "./check-numbers";
import { clusteredAreas, type ClusteredRows } from "./clustered-areas";
import { betaQuantile } from "./incomplete-beta";
import { normalQuantile } from "./normal-quantile";
import type { Interval } from "./summary";

/** The area under a ROC curve with its interval, groups of rows being the unit. */
export interface AreaInterval {
  /** The area, 0 to 1: of pairs of rows of one stratum. */
  readonly areaUnderCurve: number;
  /** The lower end of the interval, from 0. */
  readonly low: number;
  /** The upper end, to 1. */
  readonly high: number;
  /**
   * Which interval it is: "Obuchowski", or "DeLong" where every group has one row, both on the scale of logits; "independent pairs"
   * where the variance is 0 or unknown; "constant scores", whose area no sample changes.
   */
  readonly method: "Obuchowski" | "DeLong" | "independent pairs" | "constant scores";
}

/**
 * Computes the interval of an area under a ROC curve from the covariance of {@link clusteredAreas}, symmetric for its logit as in
 * `delongInterval`. Where the variance is 0 or unknown, it is that of Clopper and Pearson for as many independent pairs as the class
 * with fewer groups has groups. Scores that are the same within each stratum have an area of exactly 0.5.
 *
 * @param scores A score for each row, finite, greater where class 1 is more likely.
 * @param confidence How often such intervals hold the true area, between 0 and 1; default: 0.95.
 * @returns The interval; null where no pair of rows can be compared.
 * @throws {Problem} Where the lists or the confidence are not such.
 */
export function areaInterval(rows: ClusteredRows, scores: readonly number[], confidence = 0.95): AreaInterval | null {
  checkConfidence(confidence);
  const { labels, groups, strata } = rows;
  const names = strata ?? labels.map(() => "");
  const compared = new Set(names).size;
  const single = (name: string) => new Set(labels.filter((_, row) => names[row] === name)).size < 2;
  if ([...new Set(names)].filter(single).length === compared) return null;
  const { areas, covariance } = clusteredAreas(rows, [scores]);
  const areaUnderCurve = areas[0]!;
  const first = new Map<string, number>();
  names.forEach((name, row) => first.set(name, first.get(name) ?? scores[row]!));
  if (scores.every((score, row) => score === first.get(names[row]!))) {
    return { areaUnderCurve, low: 0.5, high: 0.5, method: "constant scores" };
  }
  const variance = covariance?.[0]![0] ?? 0;
  if (variance === 0) {
    const groupsOf = (label: number) => new Set(groups.filter((_, row) => labels[row] === label)).size;
    const pairs = Math.min(groupsOf(0), groupsOf(1));
    return { areaUnderCurve, ...pairsInterval(areaUnderCurve, pairs, confidence), method: "independent pairs" };
  }
  const method = new Set(groups).size === groups.length ? "DeLong" : "Obuchowski";
  return { areaUnderCurve, ...logitInterval(areaUnderCurve, variance, confidence), method };
}

/**
 * Computes an area's interval that is symmetric for its logit, and so stays within 0 to 1.
 *
 * @param area The area, above 0 and below 1.
 * @param variance Its variance.
 */
export function logitInterval(area: number, variance: number, confidence: number): Interval {
  const logit = Math.log(area / (1 - area));
  const half = (normalQuantile(0.5 + confidence / 2) * Math.sqrt(variance)) / (area * (1 - area));
  const back = (value: number) => 1 / (1 + Math.exp(-value));
  return { low: back(logit - half), high: back(logit + half) };
}

/**
 * Computes Clopper and Pearson's interval of an area as the share of independent pairs that are in the right order.
 *
 * @param pairs How many pairs, from 1.
 */
export function pairsInterval(area: number, pairs: number, confidence: number): Interval {
  const right = area * pairs;
  const tail = (1 - confidence) / 2;
  return {
    low: right === 0 ? 0 : betaQuantile(tail, right, pairs - right + 1),
    high: right === pairs ? 1 : betaQuantile(1 - tail, right + 1, pairs - right),
  };
}
