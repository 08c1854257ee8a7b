import type { RandomGenerator } from "../runtime/random";
import { Problem } from "../runtime/problem";
import type { Benchmark } from "./benchmark";
import { judgeSharing, type ScoreOutcome } from "./judge-scores";
import { labelsOf, tableTrainings } from "./labels";

/** What the step "supernets" came to. */
export interface SharingChoice {
  /** The way of sharing with the highest partial τ given size, and how well it orders networks. */
  readonly chosen: ScoreOutcome;
  /** Whether it is asked again, of networks that chose nothing: its partial τ is at least .1. Else the step "confirm" is left out. */
  readonly confirms: boolean;
}

/** The smallest partial τ with which the step "confirm" is taken; see the protocol's step "supernets". */
const leastPartial = 0.1;

/**
 * Chooses a way of sharing weights, as the protocol's step "supernets" says: the one whose scores order networks best beyond what their size
 * says, labels being from other folds than the scores.
 *
 * @param table What was measured.
 * @param set The set of networks.
 * @param random Draws the bootstrap's networks.
 * @returns The choice; null as long as a network of the set lacks a training on an inner fold, or a supernet its scores: nothing is chosen by
 *   a part.
 */
export function chooseSharing(
  table: Pick<Benchmark, "protocol" | "rows" | "networks" | "shared">,
  set: string,
  random: RandomGenerator,
): SharingChoice | null {
  const { protocol, shared } = table;
  const choice = { ...tableTrainings, set, folds: allFolds(protocol) };
  const wanted = protocol.steps
    .filter(({ name }) => name === "supernets")
    .flatMap(({ supernets }) => supernets.filter((one) => one.set === set))
    .flatMap(({ variant, seed, folds }) => folds.map((fold) => `${variant} ${seed} ${fold}`));
  const scored = new Set(
    shared.filter((one) => one.set === set).map(({ variant, seed, fold }) => `${variant} ${seed} ${fold}`),
  );
  if (wanted.length === 0 || wanted.some((one) => !scored.has(one)) || !isWhole(table, set)) return null;
  const [first, ...others] = judgeSharing(table, choice, random);
  const chosen = others.reduce((best, next) => (next.partial > best.partial ? next : best), first!);
  return { chosen, confirms: chosen.partial >= leastPartial };
}

/** Says whether every network of a set was trained on each inner fold, as all networks of the table are. */
export function isWhole({ protocol, rows }: Pick<Benchmark, "protocol" | "rows">, set: string): boolean {
  try {
    const { places } = labelsOf(rows, { ...tableTrainings, set, folds: allFolds(protocol) });
    return places.length === protocol.sets[set]!.count;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

/** The inner folds, from 1. */
export function allFolds({ folds }: Pick<Benchmark["protocol"], "folds">): number[] {
  return Array.from({ length: folds.inner }, (_, index) => index + 1);
}
