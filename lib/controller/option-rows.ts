import { kindOf, type Space } from "../space/kinds";

/** Where the options of decisions stand among those of a whole space. */
export interface OptionRows {
  /** How many options all groups of decisions have. */
  readonly count: number;
  /** For each group the place of its first option; the others follow. */
  readonly first: ReadonlyMap<string, number>;
}

/**
 * Puts the options of all decisions of a space into one row, those of a group of decisions once.
 *
 * @param space The space, a checked one, whose decisions of one group have the same options.
 */
export function optionRows(space: Space): OptionRows {
  const first = new Map<string, number>();
  let count = 0;
  for (const { group, options } of kindOf(space, "space").decisionsOf(space)) {
    if (first.has(group)) continue;
    first.set(group, count);
    count += options.length;
  }
  return { count, first };
}
