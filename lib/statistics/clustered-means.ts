import { Problem } from "../runtime/problem";
import { checkNumbers, checkSameLength } from "./check-numbers";

/** Means of several lists of values of the same rows. */
export interface ClusteredMeans {
  readonly means: readonly number[];
  /** How the means vary together: `[lists][lists]`; null where there is one group only. */
  readonly covariance: readonly (readonly number[])[] | null;
}

/**
 * Computes means and their covariance with groups of rows as the unit (Obuchowski, "On the comparison of correlated proportions for
 * clustered data", Statistics in Medicine 17:1495-1507, 1998): of accuracies, where images of one patient are not independent.
 * Groups may have different numbers of rows, each of which counts once.
 *
 * @param groups The group of each row.
 * @param values Lists of finite numbers, one for each row: `[lists][rows]`.
 * @throws {Problem} Where lists differ in length, are empty, or a number is not finite.
 */
export function clusteredMeans(groups: readonly string[], values: readonly (readonly number[])[]): ClusteredMeans {
  if (groups.length === 0) throw new Problem("There are no rows.", "Give the group of each row.");
  for (const list of values) {
    checkNumbers("values", list);
    checkSameLength("values", list.length, "groups", groups.length);
  }
  const places = new Map([...new Set(groups)].map((name, place) => [name, place]));
  const count = places.size;
  const means = values.map((list) => list.reduce((sum, value) => sum + value, 0) / list.length);
  if (count < 2) return { means, covariance: null };
  const deviations = values.map((list, index) => {
    const sums = new Float64Array(count);
    list.forEach((value, row) => (sums[places.get(groups[row]!)!]! += value - means[index]!));
    return sums;
  });
  const scale = count / (count - 1) / groups.length ** 2;
  const covariance = deviations.map((first) =>
    deviations.map((second) => scale * first.reduce((sum, value, place) => sum + value * second[place]!, 0)),
  );
  return { means, covariance };
}
