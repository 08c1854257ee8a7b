import { encode } from "../space/encode";
import { kindOf, type Architecture, type Space } from "../space/kinds";
import { decisionsOf } from "../space/space";

/**
 * How often each choice was made, among the architectures of an epoch, by what is chosen: "normal cell, operation", "reduction
 * cell, input", "operation" or "skip from". Plain data.
 */
export type ChoiceCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What is recorded after an epoch of a search. */
export interface SearchEpoch {
  readonly event: "epoch";
  /** The epoch, from 1. */
  readonly epoch: number;
  /** The learning rate of its last step. */
  readonly rate: number;
  /** Mean loss of the shared weights on the training images, in nats, over the architectures that were drawn. */
  readonly trainingLoss: number;
  /** The share of training images whose class was right. */
  readonly trainingAccuracy: number;
  /** The mean norm of the steps' gradients, before it was bounded. */
  readonly gradientNorm: number;
  /** Mean reward of the architectures that were scored; null in epochs in which none was. */
  readonly meanReward: number | null;
  readonly bestReward: number | null;
  /** The moving mean of rewards; null for strategies without one. */
  readonly baseline: number | null;
  /** The entropy of the strategy's decisions, in nats; null for strategies without one. */
  readonly entropy: number | null;
  /** How often each choice was made among the architectures that were scored. */
  readonly choices: ChoiceCounts;
}

/** What is recorded of every architecture that was scored. */
export interface ScoredRecord {
  readonly event: "scored";
  /** The epoch after whose training it was scored, from 1. */
  readonly epoch: number;
  /** The architecture, as `encode` writes it. */
  readonly architecture: readonly number[];
  readonly measured: number;
  /** What was learned from: the measure less the penalty. */
  readonly reward: number;
  readonly images: number;
  /** How it was scored: "shared weights, draw 12". */
  readonly how: string;
  /** Trainable parameters of its own network. */
  readonly parameters: number;
  /** Multiply-adds of its own network for one image. */
  readonly multiplyAdds: number;
}

/** Counts how often each option of each group of decisions was chosen; 0 where it never was. */
export function countChoices(space: Space, architectures: readonly Architecture[]): ChoiceCounts {
  const decisions = decisionsOf(space);
  const counts = Object.fromEntries(
    kindOf(space, "space")
      .groupsOf(space)
      .map((group): [string, Record<string, number>] => [group, {}]),
  );
  for (const { group, options, optional = false } of decisions) {
    const names = optional ? options.slice(1) : options;
    counts[group] = { ...counts[group], ...Object.fromEntries(names.map((name) => [name, 0])) };
  }
  for (const architecture of architectures) {
    encode(space, architecture).forEach((number, place) => {
      const { group, options, optional = false } = decisions[place]!;
      if (!optional || number > 0) counts[group]![options[number]!]! += 1;
    });
  }
  return counts;
}
