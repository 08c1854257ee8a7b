import { ok, deepEqual, equal } from "node:assert/strict";

import { describeKernels, useKernels } from "../../lib/kernels/choose-kernels";
import type { Norm } from "../../lib/kernels/normalised";
import type { RandomGenerator } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";

/** Whose kernels a test is run with. */
export type Kind = "own" | "tensorflow";

/** Runs tests with our own kernels, where they are, and with TensorFlow's. */
export function withBothKernels(tests: (kind: Kind) => void): void {
  for (const kind of ["own", "tensorflow"] as const) {
    describe(kind === "own" ? "with our own kernels" : "with TensorFlow's kernels", () => {
      before(function () {
        if (kind === "own" && describeKernels().kind !== "own") this.skip();
        useKernels(kind);
      });
      after(() => {
        useKernels(null);
      });
      tests(kind);
    });
  }
}

/** Leaves a test out where our own kernels are not there. */
export function needOwnKernels(context: Mocha.Context): void {
  if (describeKernels().kind !== "own") context.skip();
}

/** Draws a tensor from a normal distribution. */
export function normalTensor<Rank extends tf.Rank = tf.Rank.R4>(
  random: RandomGenerator,
  shape: number[],
  mean = 0,
): tf.Tensor<Rank> {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(
    Float32Array.from({ length: size }, () => random.normal(mean)),
    shape as tf.ShapeMap[Rank],
  );
}

/** Draws the weights of a batch normalisation, none of them near 0. */
export function normalNorm(random: RandomGenerator, channels: number): Norm {
  return {
    gamma: tf.tensor1d(Array.from({ length: channels }, () => random.uniform(0.5, 1.5))),
    beta: normalTensor<tf.Rank.R1>(random, [channels]),
    epsilon: 1e-3,
  };
}

/**
 * Holds that two tensors agree. A number of float32 is off by 6e-8 of itself, and a sum of n of them that are added in
 * another order by about √n times that: 2e-5 of the largest is what 100 000 products may come to. The tests' numbers are
 * of about 1, so that where a sum comes to less it is because its terms cancel each other, and its error is theirs.
 */
export function near(actual: tf.Tensor, expected: tf.Tensor | readonly number[], what = "", tolerance = 2e-5): void {
  const [a, b] = [actual.dataSync(), expected instanceof tf.Tensor ? expected.dataSync() : expected];
  if (expected instanceof tf.Tensor) deepEqual(actual.shape, expected.shape, what);
  equal(a.length, b.length, what);
  let [largest, error] = [1, 0];
  for (let index = 0; index < a.length; index++) {
    largest = Math.max(largest, Math.abs(b[index]!));
    const difference = Math.abs(a[index]! - b[index]!);
    error = difference <= error ? error : difference;
  }
  ok(error <= tolerance * largest, `${what} is off by ${error}, with ${largest} the largest number`);
}

/** Holds that two tensors are the same to the bit. */
export function same(actual: tf.Tensor, expected: tf.Tensor, what = ""): void {
  deepEqual(Buffer.from(actual.dataSync().buffer), Buffer.from(expected.dataSync().buffer), what);
}

/** Batch normalisation in training as TensorFlow.js writes it, for its gradients. */
export function stockNormalise(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor4D {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm4d(
    x as tf.Tensor4D,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    beta as tf.Tensor1D,
    gamma as tf.Tensor1D,
    epsilon,
  );
}

/** The sums of a normalisation's backward pass: of the gradient, and of the gradient times what its values are off the mean. */
export function gradientSums(gradient: tf.Tensor, values: tf.Tensor, mean: tf.Tensor): tf.Tensor2D {
  const axes = [0, 1, 2];
  return tf.tidy(
    () => tf.stack([tf.sum(gradient, axes), tf.sum(tf.mul(gradient, tf.sub(values, mean)), axes)]) as tf.Tensor2D,
  );
}

/** Holds that a piece of work disposes all it makes but what it hands back, which is disposed here. */
export function leavesNothing(work: () => tf.TensorContainer): void {
  tf.dispose(work()); // What is made once for the whole process is made now.
  const { numTensors } = tf.memory();
  tf.dispose(work());
  equal(tf.memory().numTensors, numTensors, "tensors that nobody disposes");
}

/** Runs a test's body and disposes what it makes. */
export const tidily = (body: () => void) => () => {
  tf.tidy(body);
};
