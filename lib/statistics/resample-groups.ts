import * as v from "valibot";

import { passed, wholeNumber } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { Problem } from "../runtime/problem";
import type { RandomGenerator } from "../runtime/random";

const resampleOptions = v.strictObject({
  /** The group of each row: the patient of each image. Rows of a group are drawn together. */
  groups: passed<readonly string[]>("a list of groups", Array.isArray),
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
 * @throws {Problem} Where there are no rows, or the number of replicates is not such.
 */
export function resampleGroups(
  options: ResampleOptions,
  visit: (rows: readonly number[], replicate: number) => void,
): void {
  const { groups, replicates, random } = checkOptions("resampleGroups", resampleOptions, options);
  const pool = rowsByGroup(groups);
  const rows: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    let length = 0;
    for (let left = pool.length; left > 0; left--) {
      const drawn = pool[random.integer(0, pool.length - 1)]!;
      for (const row of drawn) rows[length++] = row;
    }
    rows.length = length;
    visit(rows, replicate);
  }
}

// The rows of each group, in the order in which the groups come.
function rowsByGroup(groups: readonly string[]): number[][] {
  if (groups.length === 0) {
    throw new Problem("There are no rows to be resampled.", "Give the group of each row.");
  }
  const rowsOf = new Map<string, number[]>();
  groups.forEach((group, row) => {
    const known = rowsOf.get(group);
    if (known) known.push(row);
    else rowsOf.set(group, [row]);
  });
  return [...rowsOf.values()];
}
