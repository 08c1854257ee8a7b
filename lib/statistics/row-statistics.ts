import type { RowStatistic } from "./bootstrap-by-group";
import { checkLabels, checkNumbers, checkSameLength } from "./check-numbers";
import { measuresOf, type ConfusionMeasures } from "./confusion";

// Statistics of a choice of rows, made for a bootstrap's thousands of choices: what does not depend on the choice is computed
// once, and nothing is sorted again.

/**
 * Prepares a measure of how rows are called.
 *
 * @param labels 0 or 1 for each row.
 * @param called 0 or 1 for each row: what it is called; each row may have its own threshold.
 * @returns The measure over a choice of rows; null where it is not defined.
 * @throws {Problem} Where a list holds anything but 0 and 1, or the lists differ in length.
 */
export function confusionMeasureOfRows(
  labels: readonly number[],
  called: readonly number[],
  name: keyof ConfusionMeasures,
): RowStatistic {
  checkLabels(labels);
  checkLabels(called);
  checkSameLength("labels", labels.length, "calls", called.length);
  const cells = Uint8Array.from(labels, (label, row) => 2 * label + called[row]!);
  return (rows) => {
    const counts = new Float64Array(4);
    for (const row of rows) counts[cells[row]!]!++;
    const [trueNegative, falsePositive, falseNegative, truePositive] = counts as unknown as [
      number,
      number,
      number,
      number,
    ];
    return measuresOf({ truePositive, falsePositive, trueNegative, falseNegative })[name].value;
  };
}

/**
 * Prepares {@link areaUnderCurve}, or with strata the share of pairs of the same stratum that are in the right order: scores of
 * different strata are never compared.
 *
 * @param labels 0 or 1 for each row.
 * @param scores A score for each row, finite, greater where class 1 is more likely.
 * @param strata The stratum of each row, such as its fold; default: all rows are of one.
 * @returns The area over a choice of rows; null where no pair can be compared.
 * @throws {Problem} Where the lists are not such.
 */
export function areaUnderCurveOfRows(
  labels: readonly number[],
  scores: readonly number[],
  strata?: readonly string[],
): RowStatistic {
  checkNumbers("scores", scores);
  checkSameLength("labels", labels.length, "scores", scores.length);
  if (strata !== undefined) checkSameLength("strata", strata.length, "scores", scores.length);
  checkLabels(labels);
  const { levelOf, begins } = levelsOfRows(scores, strata);
  const classes = Uint8Array.from(labels);
  const [ones, zeros] = [new Float64Array(begins.length), new Float64Array(begins.length)];
  return (rows) => {
    ones.fill(0);
    zeros.fill(0);
    for (const row of rows) (classes[row] === 1 ? ones : zeros)[levelOf[row]!]!++;
    let [above, below, right, pairs] = [0, 0, 0, 0];
    for (let level = 0; level < begins.length; level++) {
      if (begins[level] === 1) {
        pairs += above * below;
        above = below = 0;
      }
      right += ones[level]! * (below + zeros[level]! / 2);
      above += ones[level]!;
      below += zeros[level]!;
    }
    pairs += above * below;
    return pairs === 0 ? null : right / pairs;
  };
}

/** The level of each row, counted over the different scores of each stratum from the least on, and where a stratum begins. */
function levelsOfRows(
  scores: readonly number[],
  strata: readonly string[] | undefined,
): { readonly levelOf: Int32Array; readonly begins: Uint8Array } {
  const rowsOf = new Map<string, number[]>();
  scores.forEach((_, row) => {
    const name = strata?.[row] ?? "";
    const known = rowsOf.get(name);
    if (known === undefined) rowsOf.set(name, [row]);
    else known.push(row);
  });
  const levelOf = new Int32Array(scores.length);
  const begins: number[] = [];
  for (const rows of rowsOf.values()) {
    const first = begins.length;
    const different = [...new Set(rows.map((row) => scores[row]!))].sort((a, b) => a - b);
    const places = new Map(different.map((score, place) => [score, first + place]));
    for (const row of rows) levelOf[row] = places.get(scores[row]!)!;
    for (let place = 0; place < different.length; place++) begins.push(place === 0 ? 1 : 0);
  }
  return { levelOf, begins: Uint8Array.from(begins) };
}
