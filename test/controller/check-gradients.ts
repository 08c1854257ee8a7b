import { ok } from "node:assert/strict";

import type { Signal, Tape, Upstream } from "../../lib/controller/signal";
import { createRandom } from "../../lib/runtime/random";

/**
 * Makes a signal of random numbers.
 *
 * @param seed Of them.
 * @param shape Its sizes.
 * @returns A parameter, so that it can stand for both.
 */
export function randomParameter(seed: number, ...shape: number[]) {
  const random = createRandom(seed);
  const length = shape.reduce((a, b) => a * b);
  return {
    shape,
    values: Float64Array.from({ length }, () => random.uniform(-1, 1)),
    gradient: new Float64Array(length),
  };
}

/**
 * Asserts that the backward pass of a computation gives the derivatives that differences of its values give.
 *
 * @param leaves What it starts from.
 * @param compute The computation: fills the tape, and gives signals of which a weighted sum is derived, and what else is.
 * @param upstream The factors of what else is derived.
 */
export function checkGradients(
  leaves: readonly Signal[],
  compute: (tape: Tape) => { outputs?: readonly Signal[]; logProbability?: number; skipPenalty?: number },
  upstream: Upstream = { logProbability: 0, skipPenalty: 0 },
): void {
  const weight = (output: number, index: number) => Math.cos(1 + 3 * output + index);
  const value = () => {
    const { outputs = [], logProbability = 0, skipPenalty = 0 } = compute([]);
    return outputs.reduce(
      (sum, { values }, output) => values.reduce((part, one, index) => part + one * weight(output, index), sum),
      upstream.logProbability * logProbability + upstream.skipPenalty * skipPenalty,
    );
  };
  const tape: Tape = [];
  for (const { gradient } of leaves) gradient.fill(0);
  (compute(tape).outputs ?? []).forEach(({ gradient }, output) => {
    gradient.forEach((_, index) => (gradient[index]! += weight(output, index)));
  });
  for (const backward of [...tape].reverse()) backward(upstream);

  leaves.forEach(({ values, gradient }, leaf) => {
    values.forEach((original, index) => {
      const small = 1e-5;
      values[index] = original + small;
      const above = value();
      values[index] = original - small;
      const slope = (above - value()) / (2 * small);
      values[index] = original;
      ok(
        Math.abs(slope - gradient[index]!) < 1e-8 * Math.max(1, Math.abs(slope)),
        `leaf ${leaf}, number ${index}: ${gradient[index]}, by differences ${slope}`,
      );
    });
  });
}
