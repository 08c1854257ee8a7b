import type { RandomGenerator } from "../runtime/random";
import type { SavedState } from "../runs/state";
import type { Architecture } from "../space/kinds";

/** An architecture that a strategy wants to know the reward of. What it must remember of it, it keeps itself. */
export interface Proposal {
  readonly architecture: Architecture;
}

/** A proposal with what it got. */
export interface Scored {
  /** The proposal: the very object that the strategy gave. */
  readonly proposal: Proposal;
  /** Its reward, the larger the better; the validation accuracy for example. */
  readonly reward: number;
}

/** What a strategy says of an update; null where a number has no meaning for it. */
export interface Learned {
  /** The moving mean of the rewards, after the update. */
  readonly baseline: number | null;
  /** How much better than the baseline the rewards were, on average. */
  readonly advantage: number | null;
  /** The entropy of the decisions by which an architecture was made, in nats, mean of the batch. */
  readonly entropy: number | null;
  /** The norm of the gradient, before any bound. */
  readonly gradientNorm: number | null;
  /** The loss, mean of the batch. */
  readonly loss: number | null;
}

/** What proposes architectures, and may learn from their rewards; {@link createStrategy} makes one. */
export interface Strategy {
  /**
   * Draws an architecture with which the shared weights are trained; nothing is remembered of it.
   *
   * @param random The source of chance.
   */
  sample(random: RandomGenerator): Architecture;
  /**
   * Draws an architecture that is to be scored.
   *
   * @param random The source of chance.
   */
  propose(random: RandomGenerator): Proposal;
  /**
   * Makes one update of several rewards.
   *
   * @param scored Proposals of this strategy, at least one; each is learned from once, and none after the next update or a
   *   restored state. Throws a Problem otherwise, or where a reward is not finite, and then has learned nothing.
   */
  learn(scored: readonly Scored[]): Learned;
  /**
   * How likely an architecture is to be proposed now; absent where that cannot be told.
   *
   * @param architecture An architecture of the space; one of another is refused with a Problem.
   * @returns The logarithm of its probability, in nats.
   */
  logProbability?(architecture: Architecture): number;
  /** All that is needed to carry on from here to the bit, but for proposals not yet learned from and the source of chance. */
  state(): SavedState;
  /**
   * Carries on from a state. Throws a Problem where it is none of this strategy with this space.
   *
   * @param state What {@link Strategy.state} gave.
   */
  restore(state: SavedState): void;
}
