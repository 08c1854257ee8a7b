import * as v from "valibot";

import type { Graph, GraphNode } from "../../graph/graph";
import type { ActivationFunction, BatchNormalisation, Dropout, Layer } from "../../graph/layer";
import { stockConvolution } from "../../kernels/stock-convolution";
import { callback, flag, nullable, passed } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { dropoutMask } from "./dropout-mask";

const stockOptions = v.strictObject({
  /** Whether batch normalisation takes the batch's own mean and variance, and dropout drops. Default: false. */
  training: v.optional(flag(), false),
  /**
   * The chance of this step's dropout: each node draws from `random.split(its name)`, so that the same generator gives the
   * same masks. Needed where a network with dropout trains. Default: null.
   */
  random: v.optional(nullable(passed<RandomGenerator>("a RandomGenerator")), null),
  /** Called with what each node gives, in order, to look at. Default: null. */
  probe: v.optional(nullable(callback<(node: string, value: tf.Tensor) => void>()), null),
});

/**
 * How {@link stockForward} runs.
 *
 * @interface
 */
export type StockForwardOptions = v.InferOutput<typeof stockOptions>;

/** Mean and variance of each channel over a batch. */
export interface BatchStatistics {
  /** The mean, `[channels]`. */
  readonly mean: tf.Tensor1D;
  /** The variance, divided by the count and not by one less, as TensorFlow.js's own layer takes it; `[channels]`. */
  readonly variance: tf.Tensor1D;
}

/** What a network gives. */
export interface StockForwardResult {
  /** The logits, `[batch, classes]`. */
  readonly output: tf.Tensor2D;
  /** The auxiliary head's logits, `[batch, classes]`; null without one. */
  readonly auxiliary: tf.Tensor2D | null;
  /** What batch normalisation found, by node, for the moving averages; empty unless training. */
  readonly statistics: ReadonlyMap<string, BatchStatistics>;
}

/** Gives the tensor of a weight, by the names of its node and of the weight within the layer. */
export type WeightSource = (node: string, weight: string) => tf.Tensor;

/**
 * Runs a network in TensorFlow.js's own operations, layer by layer: what every faster way is held against. All of it can be
 * differentiated by `tf.variableGrads`.
 *
 * Nothing is released here: call it inside `tf.tidy` or a gradient, which releases all but what is returned from it. What
 * is to outlive a gradient, the statistics, is kept by `tf.keep`.
 *
 * @param graph The network. Without {@link StockForwardOptions.training}, take its auxiliary head away before by
 *   `withoutAuxiliary`, or it is computed too.
 * @param x Images, `[batch, height, width, channels]`, float32.
 * @throws {Problem} Where the images have another size than the network takes, or a network with dropout trains without
 *   chance.
 */
export function stockForward(
  graph: Graph,
  weights: WeightSource,
  x: tf.Tensor4D,
  options: Partial<StockForwardOptions> = {},
): StockForwardResult {
  const settings = checkOptions("stockForward", stockOptions, options);
  checkImages(graph, x);
  const values = new Map<string, tf.Tensor>();
  const statistics = new Map<string, BatchStatistics>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    const weight = (name: string) => weights(node.name, name);
    const value = runLayer(
      { node, weight, settings, statistics },
      node.layer,
      node.layer.kind === "input" ? [x] : inputs,
    );
    values.set(node.name, value);
    settings.probe?.(node.name, value);
  }
  const logitsOf = (name: string) => values.get(name) as tf.Tensor2D;
  const auxiliary = graph.auxiliary === null ? null : logitsOf(graph.auxiliary);
  return { output: logitsOf(graph.output), auxiliary, statistics };
}

interface Run {
  readonly node: GraphNode;
  readonly weight: (name: string) => tf.Tensor;
  readonly settings: StockForwardOptions;
  readonly statistics: Map<string, BatchStatistics>;
}

function runLayer(run: Run, layer: Layer, inputs: tf.Tensor[]): tf.Tensor {
  const x = inputs[0]!;
  if (layer.kind === "batch normalisation") return normaliseBatch(run, layer, x);
  return layer.kind === "dropout" ? drop(run, layer, x) : layerValue(layer, inputs, run.weight);
}

/**
 * Computes a layer that gives the same in training as otherwise, in TensorFlow.js's own operations.
 *
 * @param layer The layer; no batch normalisation and no dropout.
 * @param inputs Its inputs, with their batch.
 * @param weight Gives its weights by their names within the layer.
 * @returns Its value; like all of them released by a `tf.tidy` around.
 */
export function layerValue(
  layer: Exclude<Layer, BatchNormalisation | Dropout>,
  inputs: readonly tf.Tensor[],
  weight: (name: string) => tf.Tensor,
): tf.Tensor {
  const x = inputs[0]!;
  const image = x as tf.Tensor4D;
  switch (layer.kind) {
    case "input":
      return x;
    case "convolution": {
      const kernel = weight("kernel") as tf.Tensor4D;
      return withBias(weight, layer.bias, stockConvolution(image, kernel, layer));
    }
    case "depthwise convolution": {
      const kernel = weight("depthwise_kernel") as tf.Tensor4D;
      return withBias(weight, layer.bias, stockConvolution(image, kernel, layer, true));
    }
    case "layer normalisation": {
      const { mean, variance } = tf.moments(x, -1, true);
      const normal = x.sub(mean).mul(variance.add(layer.epsilon).rsqrt());
      return normal.mul(weight("gamma")).add(weight("beta"));
    }
    case "activation":
      return activations[layer.function](x);
    case "max pool":
      return tf.maxPool(image, layer.size, layer.stride, layer.padding);
    case "average pool":
      return tf.avgPool(image, layer.size, layer.stride, layer.padding);
    case "global average pool":
      return tf.mean(x, [1, 2]);
    case "global max pool":
      return tf.max(x, [1, 2]);
    case "add":
      return inputs.reduce((sum, value) => tf.add(sum, value));
    case "multiply":
      return tf.mul(x, inputs[1]!);
    case "concatenate":
      return tf.concat([...inputs], -1);
    case "dense":
      return withBias(weight, layer.bias, tf.matMul(x, weight("kernel")));
    case "flatten":
      return tf.reshape(x, [x.shape[0], -1]);
    case "reshape":
      return tf.reshape(x, [x.shape[0], ...layer.shape]);
    case "upsample": {
      const [, height, width] = image.shape;
      return tf.image.resizeNearestNeighbor(image, [height * layer.factor, width * layer.factor]);
    }
    case "shift": {
      const [batch, height, width, channels] = image.shape;
      const padded = tf.pad(image, [
        [0, 0],
        [0, 1],
        [0, 1],
        [0, 0],
      ]);
      return tf.slice(padded, [0, 1, 1, 0], [batch, height, width, channels]);
    }
  }
}

const activations: Readonly<Record<ActivationFunction, (x: tf.Tensor) => tf.Tensor>> = {
  relu: (x) => tf.relu(x),
  relu6: (x) => tf.relu6(x),
  swish: (x) => tf.mul(x, tf.sigmoid(x)),
  sigmoid: (x) => tf.sigmoid(x),
  gelu: (x) => tf.mul(x, tf.erf(tf.mul(x, Math.SQRT1_2)).add(1).mul(0.5)),
  tanh: (x) => tf.tanh(x),
};

function withBias(weight: Run["weight"], bias: boolean, value: tf.Tensor): tf.Tensor {
  return bias ? tf.add(value, weight("bias")) : value;
}

function normaliseBatch({ node, weight, settings, statistics }: Run, layer: BatchNormalisation, x: tf.Tensor) {
  let mean = weight("moving_mean") as tf.Tensor1D;
  let variance = weight("moving_variance") as tf.Tensor1D;
  if (settings.training) {
    const axes = x.shape.map((_, axis) => axis).slice(0, -1);
    ({ mean, variance } = tf.moments(x, axes) as { mean: tf.Tensor1D; variance: tf.Tensor1D });
    statistics.set(node.name, { mean, variance });
  }
  const [beta, gamma] = [weight("beta") as tf.Tensor1D, weight("gamma") as tf.Tensor1D];
  return tf.batchNorm(x as tf.Tensor4D, mean, variance, beta, gamma, layer.epsilon);
}

function drop({ node, settings }: Run, layer: Dropout, x: tf.Tensor): tf.Tensor {
  if (!settings.training || layer.rate === 0) return x;
  if (settings.random === null) {
    throw new Problem(
      `${node.name} drops at random, and stockForward was given no chance.`,
      "Pass `random`, a generator of this step: random.split(step).",
    );
  }
  const { values, shape } = dropoutMask(layer, x.shape, settings.random.split(node.name));
  return tf.mul(x, tf.tensor(values, [...shape]));
}

/**
 * Checks that images have the shape that a network takes.
 *
 * @throws {Problem} Where they have another.
 */
export function checkImages(graph: Graph, x: tf.Tensor4D): void {
  const expected = graph.nodes[0]!.shape;
  const [, ...given]: readonly number[] = x.shape;
  if (given.length === 3 && expected.every((size, axis) => size === given[axis])) return;
  throw new Problem(
    `${graph.name} was given images of shape [${x.shape.join(", ")}], expected [batch, ${expected.join(", ")}].`,
    "Prepare the images at that size, or build the network for theirs.",
  );
}
