import { ranksOf } from "./area-under-curve";
import { checkNumbers, checkSameLength, checkTwoClasses } from "./check-numbers";

/** Rows of which several may belong together, such as images of one patient, each tested in a stratum, such as a fold. */
export interface ClusteredRows {
  /** 0 or 1 for each row; both must be there. */
  readonly labels: readonly number[];
  /** The group of each row: the patient of each image. */
  readonly groups: readonly string[];
  /** The stratum of each row: rows are compared within strata alone. Default: all are of one. */
  readonly strata?: readonly string[];
}

/** Areas under the ROC curves of several lists of scores of the same rows. */
export interface ClusteredAreas {
  /** The area of each list, 0 to 1. */
  readonly areas: readonly number[];
  /** How the areas vary together: `[lists][lists]`; null where it is unknown. */
  readonly covariance: readonly (readonly number[])[] | null;
  /** Strata of which one class is absent: nothing can be compared in them, and they count for nothing. */
  readonly leftOut: readonly string[];
  /** Why the covariance is unknown, as a sentence; null where it is known. */
  readonly reason: string | null;
}

/** One stratum: which rows, and how many there are of each group. */
interface Stratum {
  readonly name: string;
  readonly rows: readonly number[];
  /** The place of each row's group among the groups of the stratum. */
  readonly places: readonly number[];
  readonly groups: readonly string[];
  /** Rows of class 1, and of class 0, of each group. */
  readonly ones: readonly number[];
  readonly zeros: readonly number[];
  readonly totalOnes: number;
  readonly totalZeros: number;
  /** Its share of all pairs that can be compared. */
  readonly weight: number;
}

/** What a group adds to the deviation of a stratum's area: by its rows of class 1, and by those of class 0. */
interface Deviations {
  readonly ones: readonly number[];
  readonly zeros: readonly number[];
}

/**
 * Computes areas under ROC curves and their covariance with groups of rows as the unit, by Obuchowski's estimator ("Nonparametric
 * analysis of clustered ROC curve data", Biometrics 53:567-578, 1997). With one row a group it is DeLong's.
 *
 * With strata, each area is the share of pairs of a row of class 1 and one of class 0 *of the same stratum* that are in the right
 * order, ties a half: scores of different scales, such as those of the networks of different folds, are never compared. Strata
 * count by their pairs. A group with rows in several strata is one group throughout.
 *
 * Means over lists and differences of them are linear in the areas: their variances follow from the covariance.
 *
 * @param scores Lists of scores, each with one for each row, finite, greater where class 1 is more likely: `[lists][rows]`.
 * @throws {Problem} Where lists differ in length, a score is not finite, or one class is absent, from all or from every stratum.
 */
export function clusteredAreas(rows: ClusteredRows, scores: readonly (readonly number[])[]): ClusteredAreas {
  const { labels, groups, strata } = rows;
  checkSameLength("groups", groups.length, "labels", labels.length);
  if (strata !== undefined) checkSameLength("strata", strata.length, "labels", labels.length);
  checkTwoClasses(labels);
  for (const list of scores) {
    checkNumbers("scores", list);
    checkSameLength("labels", labels.length, "scores", list.length);
  }
  const { used, leftOut } = strataOf(rows);
  // Where no stratum has both classes, the labels of the first say which is missing.
  if (used.length === 0) checkTwoClasses(labels.filter((_, row) => strata![row] === strata![0]));
  const perStratum = used.map((stratum) => scores.map((list) => deviationsOf(stratum, labels, list)));
  const areas = scores.map((_, list) =>
    used.reduce((sum, { weight }, index) => sum + weight * perStratum[index]![list]!.area, 0),
  );
  const lacking = used.find(({ ones, zeros }) =>
    [ones, zeros].some((counts) => counts.filter((count) => count > 0).length < 2),
  );
  if (lacking !== undefined) {
    const where = strata === undefined ? "" : `In ${lacking.name} `;
    const reason = `${where === "" ? "A" : `${where}a`} class is there in one group only: how groups differ is unknown.`;
    return { areas, covariance: null, leftOut, reason };
  }
  const covariance = scores.map((_, first) =>
    scores.map((__, second) =>
      second < first
        ? 0
        : used.reduce((sum, stratum, index) => {
            const [a, b] = [perStratum[index]![first]!, perStratum[index]![second]!];
            return sum + stratum.weight ** 2 * covarianceWithin(stratum, a, b);
          }, 0) + covarianceAcross(used, perStratum, first, second),
    ),
  );
  const whole = covariance.map((row, first) =>
    row.map((value, second) => (second < first ? covariance[second]![first]! : value)),
  );
  return { areas, covariance: whole, leftOut, reason: null };
}

/**
 * Computes the variance of a weighted sum of what varies together.
 *
 * @param covariance How it varies together: `[lists][lists]`.
 * @param weights The weight of each: `[lists]`; 1 and -1 for a difference.
 * @returns The variance, from 0; exactly 0 where only rounding is left of it.
 */
export function varianceOfSum(covariance: readonly (readonly number[])[], weights: readonly number[]): number {
  let sum = 0;
  let size = 0;
  covariance.forEach((row, first) => {
    row.forEach((value, second) => {
      sum += weights[first]! * weights[second]! * value;
      size += Math.abs(weights[first]! * weights[second]! * value);
    });
  });
  return sum > 1e-13 * size ? sum : 0;
}

function strataOf({ labels, groups, strata }: ClusteredRows): { used: Stratum[]; leftOut: string[] } {
  const rowsOf = new Map<string, number[]>();
  labels.forEach((_, row) => {
    const name = strata?.[row] ?? "";
    const known = rowsOf.get(name);
    if (known === undefined) rowsOf.set(name, [row]);
    else known.push(row);
  });
  const all = [...rowsOf].map(([name, rows]) => {
    const own = [...new Set(rows.map((row) => groups[row]!))];
    const place = new Map(own.map((group, index) => [group, index]));
    const places = rows.map((row) => place.get(groups[row]!)!);
    const counts = [own.map(() => 0), own.map(() => 0)] as const;
    rows.forEach((row, index) => counts[labels[row] as 0 | 1][places[index]!]!++);
    const [zeros, ones] = counts;
    return { name, rows, places, groups: own, ones, zeros, totalOnes: sumOf(ones), totalZeros: sumOf(zeros) };
  });
  const pairs = all.reduce((sum, { totalOnes, totalZeros }) => sum + totalOnes * totalZeros, 0);
  const weighted = all.map((one) => ({ ...one, weight: (one.totalOnes * one.totalZeros) / pairs }));
  return {
    used: weighted.filter(({ weight }) => weight > 0),
    leftOut: weighted.flatMap(({ name, weight }) => (weight > 0 ? [] : [name])),
  };
}

// Placements: with which share of the other class each row is in the right order, ties a half; summed within groups, less what
// the area lets expect.
function deviationsOf(
  { rows, places, ones, zeros, totalOnes, totalZeros, groups }: Stratum,
  labels: readonly number[],
  scores: readonly number[],
): Deviations & { readonly area: number } {
  const own = rows.map((row) => scores[row]!);
  const ranks = ranksOf(own);
  const among = [0, 1].map((label) => {
    const inside = rows.flatMap((row, index) => (labels[row] === label ? [index] : []));
    const within = ranksOf(inside.map((index) => own[index]!));
    return { inside, below: inside.map((index, place) => ranks[index]! - within[place]!) };
  });
  // Counts are halves of whole numbers and exact, so that equal placements are found to be equal.
  const sums = [groups.map(() => 0), groups.map(() => 0)] as const;
  let right = 0;
  among[1]!.inside.forEach((index, place) => {
    sums[1][places[index]!]! += among[1]!.below[place]!;
    right += among[1]!.below[place]!;
  });
  among[0]!.inside.forEach((index, place) => {
    sums[0][places[index]!]! += totalOnes - among[0]!.below[place]!;
  });
  const area = right / (totalOnes * totalZeros);
  return {
    area,
    ones: sums[1].map((sum, group) => sum / totalZeros - ones[group]! * area),
    zeros: sums[0].map((sum, group) => sum / totalOnes - zeros[group]! * area),
  };
}

function covarianceWithin({ ones, zeros, totalOnes, totalZeros }: Stratum, a: Deviations, b: Deviations): number {
  const product = (first: readonly number[], second: readonly number[]) =>
    first.reduce((sum, value, group) => sum + value * second[group]!, 0);
  const spread = (count: number) => count / (count - 1);
  const present = (counts: readonly number[]) => counts.filter((count) => count > 0).length;
  return (
    (spread(present(ones)) * product(a.ones, b.ones)) / totalOnes ** 2 +
    (spread(present(zeros)) * product(a.zeros, b.zeros)) / totalZeros ** 2 +
    (spread(ones.length) * (product(a.ones, b.zeros) + product(a.zeros, b.ones))) / (totalOnes * totalZeros)
  );
}

// Of groups with rows in several strata: what they add in one goes with what they add in the other.
function covarianceAcross(
  strata: readonly Stratum[],
  perStratum: readonly (readonly Deviations[])[],
  first: number,
  second: number,
): number {
  const influences = (list: number) =>
    strata.map(({ groups, totalOnes, totalZeros, weight }, index) => {
      const { ones, zeros } = perStratum[index]![list]!;
      return new Map(
        groups.map((name, group) => [name, weight * (ones[group]! / totalOnes + zeros[group]! / totalZeros)]),
      );
    });
  const [a, b] = [influences(first), influences(second)];
  let sum = 0;
  a.forEach((own, one) => {
    b.forEach((others, other) => {
      if (one === other) return;
      for (const [name, value] of own) sum += value * (others.get(name) ?? 0);
    });
  });
  return sum;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
