/** What the steps of the protocol gave, as far as they are taken; null where a step is not. */
export interface ProtocolOutcomes {
  /**
   * The step "confirm", 120 networks that chose nothing: observed τ of shared score and label with the lower end of its 95 % interval, and
   * the interval of the partial τ given size. "left out" where the step "supernets" found no way of sharing worth confirming.
   */
  readonly confirm:
    | {
        readonly tau: number;
        readonly low: number;
        readonly partial: readonly [number, number];
        /** Whether the best by shared score were above random ones of the same size (P1b): the interval of the difference lies above 0. */
        readonly bestAboveRandom: boolean;
      }
    | "left out"
    | null;
  /**
   * The step "replay": for each strategy its regret less that of the random race at the same processor seconds, with its 95 % interval, by
   * the strategies' kinds.
   */
  readonly replay: Readonly<
    Record<string, { readonly difference: number; readonly interval: readonly [number, number] }>
  > | null;
  /** The cross-validated R² of a ridge regression on the table's own trainings, as a share of what is reliable. */
  readonly ridgeShare: number | null;
  /** The step "nested": outer areas of each arm less those of the random race, and the 95 % interval, by the arms' names. */
  readonly nested: Readonly<
    Record<string, { readonly difference: number; readonly interval: readonly [number, number] }>
  > | null;
}

/** What becomes the default of a study's search, and in which words it may be told. */
export interface DefaultDecision {
  /** The strategy that becomes the default: "hybrid", "ridge", "random-race". */
  readonly strategy: "hybrid" | "ridge" | "random-race";
  /** Why, in a sentence. */
  readonly because: string;
  /** What may be said of the search; null where nothing may. */
  readonly claim:
    "beats random search of equal effort" | "shared scores add to size" | "in simulation on this table" | null;
  /** The steps that are not taken yet and could change it. */
  readonly open: readonly string[];
}

/** The smallest share of the reliable variance that a predictor has to explain, and the margin within which nested arms count as equal. */
const [leastShare, margin] = [0.6, 0.003];

/**
 * Decides which strategy becomes the default, by the rule that was laid down with the protocol, before its outcomes were there: whatever
 * they are, the same outcomes lead to the same default. Nothing is the default that was not measured: until a step is taken, the random
 * race is.
 *
 * 1. Shared weights become part of the default only where P1 (a) and (b) hold (partial τ with its interval above 0, τ at least .21 with its
 *    lower end above .10), the replay has "hybrid" below the race with its interval, and no less good than "ridge"; and where the nested
 *    step, once taken, does not have them below the race by more than the margin.
 * 2. Else the ridge predictor on own trainings, where it explains at least .6 of the reliable variance and its replay is below the race's
 *    with its interval.
 * 3. Else the random race.
 */
export function decideDefault(outcomes: ProtocolOutcomes): DefaultDecision {
  const { replay, ridgeShare, nested } = outcomes;
  const confirm = outcomes.confirm === "left out" ? null : outcomes.confirm;
  const open = [
    ...(outcomes.confirm === null ? ["confirm"] : []),
    ...(replay === null || ridgeShare === null ? ["replay"] : []),
    ...(nested === null ? ["nested"] : []),
  ];
  const below = (kind: string) => {
    const own = replay?.[kind];
    return own !== undefined && own.interval[1] < 0;
  };
  const adds = confirm !== null && confirm.partial[0] > 0;
  const useful = adds && confirm.tau >= 0.21 && confirm.low > 0.1;
  const [hybrid, ridge] = [replay?.hybrid?.difference ?? 0, replay?.ridge?.difference ?? 0];
  const harmful = nested?.hybrid !== undefined && nested.hybrid.difference < -margin;
  const claimOf = (strategy: DefaultDecision["strategy"]): DefaultDecision["claim"] => {
    const won = nested?.[strategy];
    if (won !== undefined && won.interval[0] > 0) return "beats random search of equal effort";
    if (adds && confirm.bestAboveRandom) return "shared scores add to size";
    return strategy !== "random-race" && below(strategy) ? "in simulation on this table" : null;
  };
  const decide = (strategy: DefaultDecision["strategy"], because: string): DefaultDecision => ({
    ...{ strategy, because, open, claim: claimOf(strategy) },
  });
  if (useful && below("hybrid") && hybrid <= ridge && !harmful)
    return decide(
      "hybrid",
      "Shared scores order networks that chose nothing, and the replay is below the race's and no worse than without them.",
    );
  const without = harmful
    ? "Winners by shared weights were below the race's on the outer folds."
    : outcomes.confirm === "left out"
      ? "No way of sharing weights orders networks beyond their size."
      : confirm === null
        ? "Whether shared scores order networks is not known."
        : useful
          ? "Shared scores order networks, and the replay with them is no better than without."
          : "Shared scores do not order networks well enough.";
  if (ridgeShare !== null && ridgeShare >= leastShare && below("ridge"))
    return decide(
      "ridge",
      `${without} A predictor on own trainings explains ${ridgeShare.toFixed(2)} of what is reliable, and its replay is below the race's.`,
    );
  return decide("random-race", `${without} Nothing was shown to be better than a random race at the same cost.`);
}
