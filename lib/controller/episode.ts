import type { Architecture, Space } from "../space/kinds";
import { architectureOf } from "./sampler";
import type { SampledDecision } from "./decide";
import type { Tape, Upstream } from "./signal";

/** An architecture that the controller proposes, and what can be learned of it. */
export interface Episode {
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
  backward(upstream: Upstream): void;
}

/**
 * Makes an episode of the decisions that were made.
 *
 * @param decisions The decisions, in the controller's order.
 * @param tape The backward passes.
 */
export function toEpisode(
  space: Space,
  decisions: readonly SampledDecision[],
  skipPenalty: number,
  tape: Tape,
): Episode {
  const sum = (name: "logProbability" | "entropy" | "drawnEntropy") =>
    decisions.reduce((total, decision) => total + decision[name], 0);
  return {
    architecture: architectureOf(
      space,
      decisions.map(({ sampled }) => sampled),
    ),
    logProbability: sum("logProbability"),
    entropy: sum("entropy"),
    drawnEntropy: sum("drawnEntropy"),
    skipPenalty,
    backward(upstream) {
      for (const backward of [...tape].reverse()) backward(upstream);
    },
  };
}
