import { Problem } from "../runtime/problem";
import { decisionsOf } from "../space/space";
import { mean } from "../statistics/summary";
import type { Benchmark } from "./benchmark";
import type { Protocol } from "./protocol";
import type { Pool } from "./replay";

/** Whose scores by shared weights are looked for. */
interface Scored {
  readonly set: string;
  /** The networks' places in their set. */
  readonly places: readonly number[];
  /** The way of sharing; null: none. */
  readonly variant: string | null;
  /** The inner folds whose scores count; null: all. */
  readonly folds: readonly number[] | null;
}

/**
 * Gives networks of a table as candidates of a pool, with the mean of their scores over the supernets of one way of sharing.
 *
 * @returns What a pool says of its candidates: they, how many options each decision has, and what all their scores have cost.
 * @throws {Problem} Where a network has no score of that way, or not one of each supernet.
 */
export function scoredCandidates(
  {
    protocol,
    networks,
    shared,
  }: Pick<Benchmark, "networks" | "shared"> & { readonly protocol: Pick<Protocol, "sets"> },
  { set, places, variant, folds }: Scored,
): Pick<Pool, "candidates" | "options" | "sharedSeconds"> {
  const scores = shared.filter(
    (score) => score.variant === variant && score.set === set && (folds === null || folds.includes(score.fold)),
  );
  const supernets = new Map(scores.map(({ seed, fold, supernetSeconds }) => [`${seed} ${fold}`, supernetSeconds]));
  const candidates = places.map((place) => {
    const { code, parameters, multiplyAdds } = networks.find((one) => one.set === set && one.place === place)!;
    const own = scores.filter((score) => score.place === place).map(({ area }) => area);
    if (variant !== null && (own.length === 0 || own.length !== supernets.size))
      throw new Problem(
        `The network ${place} of ${set} has ${own.length} scores by the supernets ${variant}${folds === null ? "" : " of the folds that strategies see"}, expected ${Math.max(1, supernets.size)}.`,
        "Measure them: npm run search-benchmark -- --step supernets.",
      );
    return { code, parameters, multiplyAdds, shared: variant === null ? null : mean(own) };
  });
  return {
    candidates,
    options: decisionsOf(protocol.sets[set]!.space).map(({ options }) => options.length),
    sharedSeconds:
      [...supernets.values()].reduce((sum, seconds) => sum + seconds, 0) +
      scores.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
  };
}
