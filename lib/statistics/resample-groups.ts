import * as v from "valibot";

import { passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";

const resampleOptions = v.strictObject({
  /** The group of each row: the patient of each image. Rows of a group are drawn together. */
  groups: passed<readonly string[]>("a list of groups", Array.isArray),
  /**
   * The class of each row, for as many groups of each class in every replicate as there are; undefined, the default: groups of
   * all classes are drawn from together. A group with rows of several classes belongs to a class of such groups.
   */
  strata: v.optional(passed<readonly (string | number)[]>("a list of classes", Array.isArray)),
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

/** Counts groups. */
export function countGroups(groups: readonly string[]): number {
  return new Set(groups).size;
}

// The rows of each group, by stratum, in the order in which they come.
function poolsOf(groups: readonly string[], strata: ResampleOptions["strata"]): number[][][] {
  if (groups.length === 0) {
    throw new Problem("There are no rows to be resampled.", "Give the group of each row.");
  }
  if (strata && strata.length !== groups.length) {
    throw new Problem(
      `There are ${strata.length} strata for ${groups.length} rows.`,
      "Give one for each, in the same order.",
    );
  }
  const rowsOf = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const known = rowsOf.get(group);
    if (known) known.push(row);
    else rowsOf.set(group, [row]);
  });
  const pools = new Map<string, number[][]>();
  for (const rows of rowsOf.values()) {
    const own = strata ? [...new Set(rows.map((row) => String(strata[row])))].sort() : [];
    const key = JSON.stringify(own);
    const known = pools.get(key);
    if (known) known.push(rows);
    else pools.set(key, [rows]);
  }
  return [...pools.values()];
}
