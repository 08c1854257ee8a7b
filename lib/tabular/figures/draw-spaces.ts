import type { Figure } from "../../display/figure";
import { mean } from "../../statistics/summary";
import { labelsOf, tableTrainings } from "../labels";
import type { Row } from "../row";
import { drawDistributions } from "./draw-distributions";

/** The folds on which all spaces were measured. */
const folds = [1, 2];

/**
 * Draws the spaces of a table as distributions of what their networks are worth, with the plain CNN as a line where it was measured.
 *
 * @param rows The rows of the benchmark.
 * @param sets The spaces, of which those are drawn that were measured.
 * @throws {Problem} Where none was.
 */
export function drawSpaces(rows: readonly Row[], sets: readonly string[]): Figure {
  const has = (set: string) => rows.some((row) => row.set === set);
  const valuesOf = (set: string) =>
    labelsOf(rows, { ...tableTrainings, set, folds }).areas.map((own) => mean([...own]));
  const measured = sets.filter(has);
  const drawn = (measured.length === 0 ? sets.slice(0, 1) : measured).map((set) => ({
    name: set,
    values: valuesOf(set),
  }));
  return drawDistributions(drawn, has("plain") ? [{ name: "plain CNN", value: valuesOf("plain")[0]! }] : []);
}
