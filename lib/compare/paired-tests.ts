import { compareDelong, type DelongComparison } from "../statistics/delong";
import { pairedProportionDifference, type PairedCounts, type PairedDifference } from "../statistics/effect-size";
import { mcnemarExact, type OddsRatio } from "../statistics/mcnemar-exact";
import type { Alignment, AlignedModel } from "./align";

/** McNemar's exact test of two models' decisions. */
export interface DecisionTest {
  /** How many cases both, one or neither decides rightly; `onlyFirst` is the reference alone, `onlySecond` the other alone. */
  readonly counts: PairedCounts;
  /** The two-sided p-value, 0 to 1; 1 where the two are never right alone. */
  readonly p: number;
  /** The odds that, where one is right alone, it is the other and not the reference, with Clopper and Pearson's interval. */
  readonly oddsRatio: OddsRatio;
  /** The other's accuracy minus the reference's, with Newcombe's interval for pairs. */
  readonly difference: PairedDifference;
}

/**
 * Tests by McNemar's exact test whether two models decide rightly equally often, each at its own threshold. With several
 * seeds, a model decides by the mean of their probabilities: it is tested as one, and not once for each seed.
 *
 * @param confidence How often intervals hold the true value, between 0 and 1.
 */
export function testDecisions(
  { labels }: Pick<Alignment, "labels">,
  reference: Pick<AlignedModel, "meanDecision">,
  other: Pick<AlignedModel, "meanDecision">,
  confidence: number,
): DecisionTest {
  const count = (first: boolean, second: boolean) =>
    labels.filter(
      (label, row) =>
        (reference.meanDecision[row] === label) === first && (other.meanDecision[row] === label) === second,
    ).length;
  const counts = {
    both: count(true, true),
    onlyFirst: count(true, false),
    onlySecond: count(false, true),
    neither: count(false, false),
  };
  const { both, onlyFirst, onlySecond, neither } = counts;
  // The other comes first, as differences are other minus reference.
  const turned = { both, onlyFirst: onlySecond, onlySecond: onlyFirst, neither };
  return {
    counts,
    ...mcnemarExact(onlySecond, onlyFirst, confidence),
    difference: pairedProportionDifference(turned, confidence),
  };
}

/**
 * Tests by DeLong's test whether the areas under two models' ROC curves differ. With several seeds, a model's scores are the
 * means of their probabilities. Scores of all folds are pooled.
 *
 * @param confidence How often intervals hold the true difference, between 0 and 1.
 * @returns The test; `first` is the other and `second` the reference, so that the difference is other minus reference.
 */
export function testAreas(
  { labels }: Pick<Alignment, "labels">,
  reference: Pick<AlignedModel, "meanProbability">,
  other: Pick<AlignedModel, "meanProbability">,
  confidence: number,
): DelongComparison {
  return compareDelong(labels, other.meanProbability, reference.meanProbability, confidence);
}
