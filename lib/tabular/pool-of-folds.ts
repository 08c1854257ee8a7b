import { Problem } from "../runtime/problem";
import { decisionsOf } from "../space/space";
import { mean } from "../statistics/summary";
import type { Benchmark } from "./benchmark";
import { labelsOf, type LabelChoice } from "./labels";
import type { Pool } from "./replay";
import { nameOfRow } from "./row";

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
  { protocol, networks, rows, shared }: Pick<Benchmark, "protocol" | "networks" | "rows" | "shared">,
  choice: LabelChoice,
  truth: readonly number[],
  variant: string | null = null,
): Pool {
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
  const scores = shared.filter(
    (score) => score.variant === variant && score.set === choice.set && choice.folds.includes(score.fold),
  );
  const supernets = new Map(scores.map(({ seed, fold, supernetSeconds }) => [`${seed} ${fold}`, supernetSeconds]));
  const candidates = places.map((place) => {
    const { code, parameters, multiplyAdds } = networks.find((one) => one.set === choice.set && one.place === place)!;
    const own = scores.filter((score) => score.place === place).map(({ area }) => area);
    if (variant !== null && (own.length === 0 || own.length !== supernets.size))
      throw new Problem(
        `The network ${place} of ${choice.set} has ${own.length} scores by the supernets ${variant} of the folds that strategies see, expected ${Math.max(1, supernets.size)}.`,
        "Measure them: npm run search-benchmark -- --step supernets.",
      );
    return { code, parameters, multiplyAdds, shared: variant === null ? null : mean(own) };
  });
  return {
    ...{ candidates, areas: areas.map((own) => own.slice(0, seen)), truth: areas.map((own) => mean(own.slice(seen))) },
    options: decisionsOf(protocol.sets[choice.set]!.space).map(({ options }) => options.length),
    seconds: places.map((place) =>
      choice.folds.map((fold) => at.get(nameOfRow({ ...choice, place, fold }))!.cpuSeconds),
    ),
    sharedSeconds:
      [...supernets.values()].reduce((sum, seconds) => sum + seconds, 0) +
      scores.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}
