import type { Architecture } from "../space/architecture";
import { architectureOf } from "./pick";
import type { Decision } from "./decide";
import type { Trail, Upstream } from "./signal";

/** An architecture that the controller proposes, and what can be learned of it. */
export interface Episode {
  /** The architecture. */
  readonly architecture: Architecture;
  /** The logarithm of its probability, in nats, at most 0. */
  readonly logProbability: number;
  /** The entropy of its decisions, each given those before it, summed, in nats. */
  readonly entropy: number;
  /** -p · log p of what was drawn, summed over the decisions, in nats: the released macro search's estimate. */
  readonly drawnEntropy: number;
  /** The skip penalty: summed over the skip connections of a layer, mean over layers that have any; 0 in the micro space. */
  readonly skipPenalty: number;
  /**
   * Adds upstream.logProbability · ∇ log p + upstream.skipPenalty · ∇ skip penalty to the gradients of the parameters. To be
   * called once, and before the parameters change.
   *
   * @param upstream The factors.
   */
  back(upstream: Upstream): void;
}

/**
 * Makes an episode of the decisions that were made.
 *
 * @param space Of which space.
 * @param decisions The decisions, in the controller's order.
 * @param skipPenalty The skip penalty.
 * @param trail The ways back.
 * @returns The episode.
 */
export function toEpisode(
  space: Architecture["space"],
  decisions: readonly Decision[],
  skipPenalty: number,
  trail: Trail,
): Episode {
  const sum = (name: "logProbability" | "entropy" | "drawnEntropy") =>
    decisions.reduce((total, decision) => total + decision[name], 0);
  return {
    architecture: architectureOf(
      space,
      decisions.map(({ picked }) => picked),
    ),
    logProbability: sum("logProbability"),
    entropy: sum("entropy"),
    drawnEntropy: sum("drawnEntropy"),
    skipPenalty,
    back(upstream) {
      for (const way of [...trail].reverse()) way(upstream);
    },
  };
}
