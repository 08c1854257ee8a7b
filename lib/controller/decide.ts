import { zeros, type Signal, type Tape } from "./signal";

/**
 * Samples one of several.
 *
 * @param probabilities The probability of each; they add up to 1.
 * @returns Which, from 0.
 */
export type Sampler = (probabilities: Float64Array) => number;

/** A decision, and what it adds to those of an architecture. */
export interface SampledDecision {
  /** What was sampled, from 0. */
  readonly sampled: number;
  /** The logarithm of its probability, in nats. */
  readonly logProbability: number;
  /** The entropy of the decision, over all that could have been sampled, in nats. */
  readonly entropy: number;
  /** -p · log p of what was sampled alone, in nats: what the released macro search adds up in place of the entropy. */
  readonly drawnEntropy: number;
}

/** A decision on a skip connection. */
export interface SampledSkip extends SampledDecision {
  /** How far the probability of a skip is from the target: share · Kullback-Leibler divergence, in nats, from 0. */
  readonly penalty: number;
}

/** What a skip connection is penalised for. */
export interface SkipTarget {
  /** The share of skip connections that is aimed at, above 0 and below 1. */
  readonly target: number;
  /**
   * Which probability is compared with it. Where a is the squashed score, a skip is drawn with probability σ(2a): the softmax
   * of -a and a. That is "drawn". The released program compares σ(a): that is "released".
   */
  readonly probability: "drawn" | "released";
  /** What the skip penalty of the architecture counts of this connection's: one over the layers that have any. */
  readonly share: number;
}

/**
 * Bounds scores: constant · tanh(score / temperature) + offset.
 *
 * @param scores `[choices]`.
 * @param temperature Above 0; 1 for none.
 * @param constant The largest a score can become; null for no bound.
 * @param offset What is added to each at last and not learned; null for nothing.
 * @param tape Records the backward pass.
 * @returns Logits, `[choices]`.
 */
export function squash(
  scores: Signal,
  temperature: number,
  constant: number | null,
  offset: readonly number[] | null,
  tape: Tape,
): Signal {
  const logits = zeros(scores.values.length);
  const bounded = scores.values.map((score) =>
    constant === null ? score / temperature : Math.tanh(score / temperature),
  );
  bounded.forEach((value, index) => {
    logits.values[index] = (constant ?? 1) * value + (offset?.[index] ?? 0);
  });
  tape.push(() => {
    bounded.forEach((value, index) => {
      const slope = constant === null ? 1 : constant * (1 - value * value);
      scores.gradient[index]! += (logits.gradient[index]! * slope) / temperature;
    });
  });
  return logits;
}

/**
 * Decides for one of several, by the softmax of their logits.
 *
 * @param logits `[choices]`.
 * @param sampler Samples one.
 * @param tape Records the backward pass of the logarithm of its probability.
 */
export function chooseOne(logits: Signal, sampler: Sampler, tape: Tape): SampledDecision {
  const largest = logits.values.reduce((a, b) => Math.max(a, b));
  const logSum = largest + Math.log(logits.values.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  const logarithms = logits.values.map((logit) => logit - logSum);
  const probabilities = logarithms.map(Math.exp);
  const sampled = sampler(probabilities);
  tape.push(({ logProbability }) => {
    probabilities.forEach((probability, index) => {
      logits.gradient[index]! += logProbability * ((index === sampled ? 1 : 0) - probability);
    });
  });
  return describe(sampled, logarithms, probabilities);
}

/**
 * Decides whether a skip connection is there.
 *
 * @param logits a for each skip connection, `[skips]`: a skip is there with probability σ(2a).
 * @param index Which of them.
 * @param sampler Samples 0 for none or 1 for a skip.
 * @param skip The penalty.
 * @param tape Records the backward pass of the logarithm of the probability and of the penalty.
 * @returns The decision.
 */
export function chooseSkip(logits: Signal, index: number, sampler: Sampler, skip: SkipTarget, tape: Tape): SampledSkip {
  const logit = logits.values[index]!;
  const logarithms = new Float64Array([logLogistic(-2 * logit), logLogistic(2 * logit)]);
  const probabilities = logarithms.map(Math.exp);
  const sampled = sampler(probabilities);
  const factor = skip.probability === "drawn" ? 2 : 1;
  const [no, yes] = [logLogistic(-factor * logit), logLogistic(factor * logit)];
  const [targetNo, targetYes] = [Math.log(1 - skip.target), Math.log(skip.target)];
  const divergence = Math.exp(yes) * (yes - targetYes) + Math.exp(no) * (no - targetNo);
  tape.push(({ logProbability, skipPenalty }) => {
    // σ' = σ · (1 - σ), and the divergence changes with σ by the difference of its two logarithms.
    const slope = factor * Math.exp(yes + no) * (yes - targetYes - (no - targetNo));
    logits.gradient[index]! += logProbability * 2 * (sampled - probabilities[1]!) + skipPenalty * skip.share * slope;
  });
  return { ...describe(sampled, logarithms, probabilities), penalty: skip.share * divergence };
}

function describe(sampled: number, logarithms: Float64Array, probabilities: Float64Array): SampledDecision {
  return {
    sampled,
    logProbability: logarithms[sampled]!,
    entropy: probabilities.reduce((sum, probability, index) => sum - probability * logarithms[index]!, 0),
    drawnEntropy: -probabilities[sampled]! * logarithms[sampled]!,
  };
}

// log σ(x), without overflow on either side.
function logLogistic(x: number): number {
  return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}
