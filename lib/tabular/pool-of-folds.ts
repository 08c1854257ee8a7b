import { Problem } from "../runtime/problem";
import { mean } from "../statistics/summary";
import type { Benchmark } from "./benchmark";
import { labelsOf, type LabelChoice } from "./labels";
import type { Pool } from "./replay";
import { nameOfRow } from "./row";
import { scoredCandidates } from "./scored-candidates";

/**
 * Makes a pool for replays without the images that are put aside: strategies see some inner folds, and what a network is worth is its mean
 * area on other ones, whose validation images no strategy has seen. It may be looked at as often as one likes; the images that are put
 * aside may not.
 *
 * @param table What was measured.
 * @param choice Which trainings; its folds are those that strategies see.
 * @param truth The inner folds that networks are judged on, others than these.
 * @param variant The way of sharing whose scores strategies see, from the folds that they see; null: none. Default: null.
 * @throws {Problem} Where a fold is both seen and judged on, or networks were not measured on all of them or not scored.
 */
export function poolOfFolds(
  table: Pick<Benchmark, "protocol" | "networks" | "rows" | "shared">,
  choice: LabelChoice,
  truth: readonly number[],
  variant: string | null = null,
): Pool {
  const { rows } = table;
  const both = choice.folds.find((fold) => truth.includes(fold));
  if (both !== undefined)
    throw new Problem(
      `Inner fold ${both} is both seen by strategies and judged on.`,
      "Judge on others: what is odd about its images would count twice.",
    );
  const folds = [...choice.folds, ...truth];
  const { places, areas } = labelsOf(rows, { ...choice, folds });
  const at = new Map(rows.map((row) => [nameOfRow(row), row]));
  const seen = choice.folds.length;
  return {
    ...scoredCandidates(table, { set: choice.set, places, variant, folds: choice.folds }),
    ...{ areas: areas.map((own) => own.slice(0, seen)), truth: areas.map((own) => mean(own.slice(seen))) },
    seconds: places.map((place) =>
      choice.folds.map((fold) => at.get(nameOfRow({ ...choice, place, fold }))!.cpuSeconds),
    ),
  };
}
