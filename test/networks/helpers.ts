import { ok } from "node:assert/strict";

import type { InputSize } from "../../lib/graph/builder";
import type { Graph } from "../../lib/graph/graph";
import { namedWeightsOf, type NamedWeight } from "../../lib/graph/named-weights";
import { describeKernels, useKernels } from "../../lib/kernels/choose-kernels";
import { useLayers } from "../../lib/networks/layers/choose-layers";
import { stockForward } from "../../lib/networks/model/stock-forward";
import type { NetworkRun } from "../../lib/networks/run/run-network";
import { bankOf, type WeightBank } from "../../lib/networks/weights/weight-bank";
import { createRandom, type RandomGenerator } from "../../lib/runtime/random";
import { directMemory } from "../../lib/kernels/direct-tensor";
import { tf } from "../../lib/runtime/tensorflow";

/** The kernels that can compute here: our own where they are compiled, and TensorFlow's. */
export const kernelKinds: readonly ("own" | "tensorflow")[] =
  describeKernels().kind === "own" ? ["own", "tensorflow"] : ["tensorflow"];

/** Computes something by the kernels of one kind. */
export function withKernels<Result>(kind: "own" | "tensorflow", work: () => Result): Result {
  useKernels(kind);
  try {
    return work();
  } finally {
    useKernels(null);
  }
}

const source = createRandom(7);
const normals = Float32Array.from({ length: 99_991 }, () => source.normal());

/** Normally distributed numbers, fast: pieces of one list, from another place of it for each seed. */
export function randomTensor(shape: readonly number[], seed: number, mean = 0, deviation = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  const values = new Float32Array(size);
  let from = (seed * 7919) % normals.length;
  for (let index = 0; index < size; index++) {
    values[index] = mean + deviation * normals[from]!;
    from = from + 1 === normals.length ? 0 : from + 1;
  }
  return tf.tensor(values, [...shape]);
}

/** Random images. */
export function imagesOf(size: InputSize, count: number, seed = 3): tf.Tensor4D {
  return randomTensor([count, size.height, size.width, size.channels], seed) as tf.Tensor4D;
}

/** Gives every weight a random value that hides no mistake: no scale of 1, no shift or mean of 0, no variance of 1. */
export function randomWeights(weights: readonly NamedWeight[], seed = 5): WeightBank {
  const entries = weights.map(({ key, specification }, index): [string, tf.Variable] => {
    const { name, shape, fanIn, trainable } = specification;
    const value = tf.tidy(() => {
      const draw = (mean: number, deviation: number) => randomTensor(shape, seed * 101 + index + 1, mean, deviation);
      if (name === "gamma") return draw(1, 0.1);
      if (name === "moving_variance") return tf.exp(draw(0, 0.2));
      return name === "beta" || name === "bias" || name === "moving_mean" ? draw(0, 0.1) : draw(0, (2 / fanIn) ** 0.5);
    });
    const variable = tf.variable(value, trainable);
    value.dispose();
    return [key, variable];
  });
  return bankOf(new Map(entries), true);
}

/** Random weights of a network. */
export function weightsOfGraph(graph: Graph, seed = 5): WeightBank {
  return randomWeights(namedWeightsOf(graph), seed);
}

/** Computes by what TensorFlow.js comes with, whatever has been put behind its layers in this process. */
export function byStock<Result>(work: () => Result): Result {
  const undo = useLayers("stock");
  try {
    return work();
  } finally {
    undo();
  }
}

/** What a network gives, as plain numbers. */
export interface Values {
  readonly output: Float32Array;
  readonly auxiliary: Float32Array | null;
  readonly statistics: ReadonlyMap<string, readonly [mean: Float32Array, variance: Float32Array]>;
}

const numbers = (tensor: tf.Tensor) => tensor.dataSync().slice() as Float32Array;

/** Reads what a network gave. */
export function valuesOf({ output, auxiliary, statistics }: Pick<NetworkRun, "output" | "auxiliary" | "statistics">) {
  const values: Values = {
    output: numbers(output),
    auxiliary: auxiliary === null ? null : numbers(auxiliary),
    statistics: new Map(
      [...statistics].map(([node, { mean, variance }]) => [node, [numbers(mean), numbers(variance)] as const]),
    ),
  };
  return values;
}

/** What the network gives in TensorFlow.js's own operations. */
export function stockValues(
  graph: Graph,
  weights: WeightBank,
  x: tf.Tensor4D,
  training: boolean,
  random: RandomGenerator | null = null,
): Values {
  let values: Values;
  byStock(() => {
    tf.tidy(() => {
      values = valuesOf(stockForward(graph, weights.of, x, { training, random: random ?? createRandom(1) }));
    });
  });
  return values!;
}

/** The gradients of weights by key that TensorFlow.js finds, for given gradients of the outputs. */
export function stockGradients(
  graph: Graph,
  weights: WeightBank,
  x: tf.Tensor4D,
  dOutput: tf.Tensor,
  dAuxiliary: tf.Tensor | null = null,
  random: RandomGenerator | null = null,
): Map<string, Float32Array> {
  let gradients: Map<string, Float32Array>;
  byStock(() => {
    tf.tidy(() => {
      const keys = weights.keys.filter((key) => weights.isTrainable(key));
      const { grads } = tf.variableGrads(
        () => {
          const { output, auxiliary } = stockForward(graph, weights.of, x, { training: true, random });
          const loss = tf.sum<tf.Scalar>(tf.mul(output, dOutput));
          return dAuxiliary === null ? loss : tf.add<tf.Scalar>(loss, tf.sum(tf.mul(auxiliary!, dAuxiliary)));
        },
        keys.map((key) => weights.get(key)),
      );
      const found = keys.map((key) => [key, grads[weights.get(key).name] as tf.Tensor | null] as const);
      gradients = new Map(found.flatMap(([key, grad]) => (grad === null ? [] : [[key, numbers(grad)] as const])));
    });
  });
  return gradients!;
}

/** Takes numbers out of gradients, and disposes them. */
export function takeGradients(gradients: ReadonlyMap<string, tf.Tensor>): Map<string, Float32Array> {
  return new Map(
    [...gradients].map(([key, tensor]) => {
      const values = numbers(tensor);
      tensor.dispose();
      return [key, values];
    }),
  );
}

/** The length of a list of numbers. */
export function lengthOf(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
}

/** The length of the difference of two lists of numbers. */
export function gap(found: Float32Array, expected: Float32Array): number {
  return found.length === expected.length ? lengthOf(found.map((value, index) => value - expected[index]!)) : NaN;
}

/** The length of the difference of two lists of numbers, by the length of the second. */
export function distance(found: Float32Array, expected: Float32Array): number {
  return gap(found, expected) / (lengthOf(expected) + 1e-10);
}

/** Checks numbers against others, by {@link distance}. */
export function near(found: Float32Array, expected: Float32Array, tolerance: number, what: string): void {
  const off = distance(found, expected);
  ok(off <= tolerance, `${what}: ${off} away, allowed are ${tolerance}`);
}

/** Checks that no tensors are left by something that is done twice, as the first time may make what lasts. */
export function leavesNothing(work: () => void): void {
  const count = () => tf.memory().numTensors + directMemory().tensors;
  work();
  const before = count();
  work();
  const left = count() - before;
  ok(left === 0, `${left} tensors are left`);
}
