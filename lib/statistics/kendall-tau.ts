import type { RowStatistic } from "./bootstrap-by-group";
import { checkPairs } from "./check-numbers";
import { countLevels, greatestOf, levelsOf, pickLevels } from "./levels";
import { twoSidedNormal } from "./normal-probability";
import type { CorrelationTest } from "./spearman-correlation";

/**
 * Computes Kendall's rank correlation, tau-b, which takes ties into account (Kendall, "The treatment of ties in ranking
 * problems", Biometrika 33:239-251, 1945). The p-value is SciPy's: exact where there are no ties and at most 33 pairs, or where
 * at most one pair of pairs is out of order; by the normal distribution otherwise.
 *
 * @param first Finite numbers, at least two, not all equal.
 * @param second As many, in the same order, not all equal.
 * @returns Tau, -1 to 1, and the two-sided p-value.
 * @throws {Problem} Where the lists differ in length, are too short, hold what is not finite, or are constant.
 */
export function kendallTau(first: readonly number[], second: readonly number[]): CorrelationTest {
  checkPairs(first, second);
  const orders = countOrders(levelsOf(first), levelsOf(second));
  const { discordant, score, all, tiesFirst, tiesSecond } = orders;
  const least = Math.min(discordant, all - discordant);
  const untied = tiesFirst.pairs === 0 && tiesSecond.pairs === 0;
  const exact = untied && (first.length <= 33 || least <= 1);
  return {
    value: tauOf(orders),
    p: exact ? exactP(first.length, least) : normalP(first.length, score, tiesFirst, tiesSecond),
  };
}

/**
 * Prepares tau-b of a choice of pairs, for a bootstrap's thousands of choices: nothing is sorted again.
 *
 * @param first Numbers, none NaN.
 * @returns Tau over a choice of pairs, -1 to 1; null where a list is constant among them.
 */
export function kendallTauOfRows(first: readonly number[], second: readonly number[]): RowStatistic {
  const [a, b] = [levelsOf(first), levelsOf(second)];
  return (rows) => {
    const orders = countOrders(pickLevels(a, rows), pickLevels(b, rows));
    const { all, tiesFirst, tiesSecond } = orders;
    return tiesFirst.pairs === all || tiesSecond.pairs === all ? null : tauOf(orders);
  };
}

/** What ties weigh in tau and in the variance of its numerator. */
interface Ties {
  /** Pairs of equal numbers: the sum of t(t-1)/2 over groups of t equal ones. */
  readonly pairs: number;
  /** The sum of t(t-1)(t-2). */
  readonly triples: number;
  /** The sum of t(t-1)(2t+5). */
  readonly weighted: number;
}

interface Orders {
  readonly discordant: number;
  /** Concordant minus discordant. */
  readonly score: number;
  readonly all: number;
  readonly tiesFirst: Ties;
  readonly tiesSecond: Ties;
}

// In n log n steps: by rising first level, each pair is held against those before it through a Fenwick tree over the second's
// levels.
function countOrders(first: Int32Array, second: Int32Array): Orders {
  const order = orderByLevel(first);
  const tree = new Int32Array(greatestOf(second) + 1);
  const upTo = (level: number) => {
    let sum = 0;
    for (let node = level; node > 0; node -= node & -node) sum += tree[node]!;
    return sum;
  };
  let [concordant, discordant] = [0, 0];
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && first[order[end]!] === first[order[start]!]) end++;
    // Equal first levels are looked up before any of them is put in.
    for (let place = start; place < end; place++) {
      const level = second[order[place]!]!;
      concordant += upTo(level - 1);
      discordant += start - upTo(level);
    }
    for (let place = start; place < end; place++) {
      for (let node = second[order[place]!]!; node < tree.length; node += node & -node) tree[node]!++;
    }
    start = end;
  }
  return {
    discordant,
    score: concordant - discordant,
    all: (first.length * (first.length - 1)) / 2,
    tiesFirst: tiesOf(first),
    tiesSecond: tiesOf(second),
  };
}

// A counting sort.
function orderByLevel(levels: Int32Array): Int32Array {
  const ends = countLevels(levels);
  for (let level = 1; level < ends.length; level++) ends[level]! += ends[level - 1]!;
  const order = new Int32Array(levels.length);
  levels.forEach((level, index) => (order[--ends[level]!] = index));
  return order;
}

function tiesOf(levels: Int32Array): Ties {
  let [pairs, triples, weighted] = [0, 0, 0];
  for (const t of countLevels(levels)) {
    pairs += (t * (t - 1)) / 2;
    triples += t * (t - 1) * (t - 2);
    weighted += t * (t - 1) * (2 * t + 5);
  }
  return { pairs, triples, weighted };
}

function tauOf({ score, all, tiesFirst, tiesSecond }: Orders): number {
  const tau = score / Math.sqrt(all - tiesFirst.pairs) / Math.sqrt(all - tiesSecond.pairs);
  return Math.min(1, Math.max(-1, tau));
}

// The share of all orders with at most `least` inversions, twice (Kendall, Rank Correlation Methods, 4th edition, 1970). The
// shares for n items are means of n neighbouring shares for n - 1.
function exactP(count: number, least: number): number {
  if (4 * least === count * (count - 1)) return 1;
  let shares = Float64Array.from({ length: least + 1 }, (_, index) => (index === 0 ? 1 : 0));
  for (let items = 2; items <= count; items++) {
    const next = new Float64Array(least + 1);
    let window = 0;
    for (let inversions = 0; inversions <= least; inversions++) {
      window += shares[inversions]! - (inversions >= items ? shares[inversions - items]! : 0);
      next[inversions] = window / items;
    }
    shares = next;
  }
  return Math.min(1, 2 * shares.reduce((sum, share) => sum + share, 0));
}

function normalP(count: number, score: number, first: Ties, second: Ties): number {
  const ordered = count * (count - 1);
  const variance =
    (ordered * (2 * count + 5) - first.weighted - second.weighted) / 18 +
    (2 * first.pairs * second.pairs) / ordered +
    // With two pairs there are no triples, and 0 by 0 would be NaN.
    (count > 2 ? (first.triples * second.triples) / (9 * ordered * (count - 2)) : 0);
  return twoSidedNormal(score / Math.sqrt(variance));
}
