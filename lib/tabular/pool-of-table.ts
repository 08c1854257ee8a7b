import { Problem } from "../runtime/problem";
import { areaUnderCurve } from "../statistics/area-under-curve";
import { mean } from "../statistics/summary";
import type { Benchmark, PutAside } from "./benchmark";
import { labelsOf, type LabelChoice } from "./labels";
import type { Protocol } from "./protocol";
import type { Pool } from "./replay";
import { nameOfRow } from "./row";
import { scoredCandidates } from "./scored-candidates";

/**
 * Makes a pool for replays of a table: strategies see areas on the inner folds' validation images; what a network is worth is the mean
 * area of its trainings on the images that are put aside. A score by shared weights is the mean over the supernets of one way of
 * sharing.
 *
 * @param table What was measured.
 * @param putAside What the networks say of the images that are put aside.
 * @param choice Which trainings.
 * @param variant The way of sharing; null: none, and no strategy that uses one can be replayed.
 * @throws {Problem} Where networks have no scores of that way, or rows and logits do not fit.
 */
export function poolOfTable(
  table: Pick<Benchmark, "networks" | "rows" | "shared"> & { readonly protocol: Pick<Protocol, "sets"> },
  { logits: test, labels }: PutAside,
  choice: LabelChoice,
  variant: string | null = null,
): Pool {
  const { rows } = table;
  if (rows.length !== test.length || test.some(({ length }) => length !== labels.length))
    throw new Problem(
      `There are ${rows.length} rows and ${test.length} lists of logits of ${test[0]?.length ?? 0} images, with ${labels.length} labels.`,
      "Give the logits of all rows, and the labels of the images that are put aside.",
    );
  const { places, areas } = labelsOf(rows, choice);
  const at = new Map(rows.map((row, index) => [nameOfRow(row), index]));
  const rowsOf = (place: number) => choice.folds.map((fold) => at.get(nameOfRow({ ...choice, place, fold }))!);
  return {
    ...scoredCandidates(table, { set: choice.set, places, variant, folds: null }),
    areas,
    seconds: places.map((place) => rowsOf(place).map((row) => rows[row]!.cpuSeconds)),
    truth: places.map((place) => mean(rowsOf(place).map((row) => areaUnderCurve(Array.from(test[row]!), labels)))),
  };
}
