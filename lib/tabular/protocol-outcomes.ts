import type { RandomGenerator } from "../runtime/random";
import type { Benchmark } from "./benchmark";
import { chooseSharing } from "./choose-sharing";
import type { ProtocolOutcomes } from "./decide-default";
import { armsOf, judgeNested } from "./judge-nested";
import { compareReplays } from "./replay";
import type { ReplayOutcome } from "./replay-outcome";

/** What all strategies and arms are held against. */
const reference = "random-race";

/**
 * Gathers what the steps of a protocol came to, as far as they are taken, for the rule by which a default is decided.
 *
 * @param table What was measured.
 * @param set The set of networks that is searched.
 * @param random Draws the bootstraps.
 */
export function outcomesOf(table: Benchmark, set: string, random: RandomGenerator): ProtocolOutcomes {
  const { replay, nested } = table;
  const sharing = chooseSharing(table, set, random.split("sharing"));
  return {
    // What the step itself gives, once it is taken, is not a part of this table yet.
    confirm: sharing !== null && !sharing.confirms ? "left out" : null,
    replay: replay === null ? null : lessThanRace(replay),
    ridgeShare: replay?.ridge.share ?? null,
    nested: nestedOutcomes(nested),
  };
}

/** Says how much less each strategy's regret is than that of the random race, at the budget by which the step decides. */
export function lessThanRace({ strategies, decides }: ReplayOutcome): NonNullable<ProtocolOutcomes["replay"]> {
  const at = (kind: string) =>
    strategies.find((one) => one.kind === kind)!.points.find(({ budget }) => budget === decides)!;
  const race = at(reference);
  return Object.fromEntries(
    strategies.filter(({ kind }) => kind !== reference).map(({ kind }) => [kind, compareReplays(at(kind), race)]),
  );
}

function nestedOutcomes(nested: Benchmark["nested"]): ProtocolOutcomes["nested"] {
  const arms = armsOf(nested);
  if (!arms.includes(reference)) return null;
  const judged = arms
    .filter((arm) => arm !== reference)
    .flatMap((arm) => {
      const { difference, interval } = judgeNested(nested, arm, reference);
      return interval === null ? [] : [[arm, { difference, interval }] as const];
    });
  return judged.length === 0 ? null : Object.fromEntries(judged);
}
