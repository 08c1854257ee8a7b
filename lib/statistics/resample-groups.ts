import * as v from "valibot";

import { passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";
import { checkSameLength } from "./check-numbers";

const resampleOptions = v.strictObject({
  /** The group of each row: the patient of each image. Rows of a group are drawn together. */
  groups: passed<readonly string[]>("a list of groups", Array.isArray),
  /**
   * The stratum of each row, such as its fold: every replicate has as many groups of each as there are. Strata that share a group
   * are drawn from together. Default: all rows are of one.
   */
  strata: v.optional(passed<readonly string[]>("a list of strata", Array.isArray)),
  /** How many times to draw, at least 1; default: 2000. */
  replicates: v.optional(wholeNumber({ from: 1 }), 2000),
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
});

/** What is resampled, and how. @interface */
export type ResampleOptions = v.InferInput<typeof resampleOptions>;

/**
 * Draws replicates of a data set for a bootstrap: as many groups as there are, with replacement, each with all of its rows
 * (the cluster bootstrap; Davison and Hinkley, Bootstrap Methods and their Application, 1997, section 3.8).
 *
 * @param visit Takes the row numbers of a replicate, repeated as often as drawn. The list is used again for the next one:
 *   copy what is to be kept.
 * @throws {Problem} Where there are no rows, the lists differ in length, or the number of replicates is not such.
 */
export function resampleGroups(
  options: ResampleOptions,
  visit: (rows: readonly number[], replicate: number) => void,
): void {
  const { groups, strata, replicates, random } = checkOptions("resampleGroups", resampleOptions, options);
  const pools = poolsOf(groups, strata);
  const rows: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    let length = 0;
    for (const pool of pools) {
      for (let left = pool.length; left > 0; left--) {
        const drawn = pool[random.integer(0, pool.length - 1)]!;
        for (const row of drawn) rows[length++] = row;
      }
    }
    rows.length = length;
    visit(rows, replicate);
  }
}

// The rows of each group, in the order in which the groups come; those of each stratum, or of strata that share a group, together.
function poolsOf(groups: readonly string[], strata: readonly string[] | undefined): number[][][] {
  if (groups.length === 0) {
    throw new Problem("There are no rows to be resampled.", "Give the group of each row.");
  }
  if (strata !== undefined) checkSameLength("strata", strata.length, "rows", groups.length);
  const rowsOf = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const known = rowsOf.get(group);
    if (known) known.push(row);
    else rowsOf.set(group, [row]);
  });
  if (strata === undefined) return [[...rowsOf.values()]];
  let joined: { readonly strata: Set<string>; readonly pool: number[][] }[] = [];
  for (const rows of rowsOf.values()) {
    const own = new Set(rows.map((row) => strata[row]!));
    const met = joined.filter((one) => [...own].some((stratum) => one.strata.has(stratum)));
    const [first = { strata: new Set<string>(), pool: [] }, ...others] = met;
    for (const one of others) {
      for (const stratum of one.strata) first.strata.add(stratum);
      first.pool.push(...one.pool);
    }
    for (const stratum of own) first.strata.add(stratum);
    first.pool.push(rows);
    if (met.length === 0) joined.push(first);
    else if (others.length > 0) joined = joined.filter((one) => !others.includes(one));
  }
  return joined.map(({ pool }) => pool);
}
