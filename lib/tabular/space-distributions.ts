import { mean } from "../statistics/summary";
import type { Distribution } from "./figures/draw-distributions";
import { labelsOf, tableTrainings } from "./labels";
import type { Row } from "./row";

/** The folds on which all spaces were measured. */
const folds = [1, 2];

/** Spaces as distributions of what their networks are worth. */
export interface SpaceDistributions {
  readonly spaces: readonly Distribution[];
  /** Single networks: the plain CNN, where it was measured. */
  readonly marks: readonly { readonly name: string; readonly value: number }[];
}

/**
 * Takes the spaces of a table as distributions of what their networks are worth: means over the folds on which all spaces were measured.
 *
 * @param rows The rows of the benchmark.
 * @param sets The spaces, of which those are taken that were measured.
 * @throws {Problem} Where none was.
 */
export function spaceDistributions(rows: readonly Row[], sets: readonly string[]): SpaceDistributions {
  const has = (set: string) => rows.some((row) => row.set === set);
  const valuesOf = (set: string) =>
    labelsOf(rows, { ...tableTrainings, set, folds }).areas.map((own) => mean([...own]));
  const measured = sets.some(has) ? sets.filter(has) : sets.slice(0, 1);
  return {
    spaces: measured.map((set) => ({ name: set, values: valuesOf(set) })),
    marks: has("plain") ? [{ name: "plain CNN", value: valuesOf("plain")[0]! }] : [],
  };
}
