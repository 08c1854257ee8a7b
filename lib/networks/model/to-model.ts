import * as v from "valibot";

import { withoutAuxiliary } from "../../graph/graph";
import type { Graph, GraphNode } from "../../graph/graph";
import type { Shape } from "../../graph/layer";
import { weightsOf } from "../../graph/weights";
import type { WeightSpecification } from "../../graph/weights";
import { flag, passed } from "../../runtime/option-values";
import { checkOptions } from "../../runtime/options";
import { Problem } from "../../runtime/problem";
import type { RandomGenerator } from "../../runtime/random";
import { tf } from "../../runtime/tensorflow";
import { prepareLayers } from "../layers/choose-layers";
import { initialValue, truncatedDeviation, weightKeyOf } from "../weights/initial-values";
import { withDistinctInputs } from "./distinct-inputs";
import { layerNameOf } from "./layer-name";

const toModelOptions = v.strictObject({
  /** The chance that the weights start with; each draws from a generator of its own, split off by its key. */
  random: passed<RandomGenerator>("a RandomGenerator: createRandom(1)"),
  /** Whether the auxiliary head is there, and its logits are the second output. Default: false. */
  auxiliary: v.optional(flag(), false),
});

/**
 * How {@link toModel} makes a model.
 *
 * @interface
 */
export type ToModelOptions = v.InferInput<typeof toModelOptions>;

/**
 * Makes a model of TensorFlow.js's own layers of a network: one that any TensorFlow.js loads, in a browser too, without
 * this library. One layer a node, named by `layerNameOf`; a shift takes two, of which the second has the name.
 *
 * From here on, fast kernels compute TensorFlow.js's layers in this process, unless `useLayers` chose otherwise; what
 * the model is, and what is saved of it, is the same.
 *
 * The dropout of a model is TensorFlow.js's own: when it is trained by `model.fit`, what is dropped is not seeded.
 *
 * @returns The model: images `[batch, height, width, channels]`, float32, to logits `[batch, classes]`. Whoever asked for
 *   it disposes of it, `model.dispose()`.
 * @throws {Problem} Where the auxiliary head is asked for and the network has none.
 */
export function toModel(graph: Graph, options: ToModelOptions): tf.LayersModel {
  const { random, auxiliary } = checkOptions("toModel", toModelOptions, options);
  if (auxiliary && graph.auxiliary === null) {
    throw new Problem(`${graph.name} has no auxiliary head.`, "Ask for the model without it, or build it with one.");
  }
  prepareLayers();
  const { nodes } = withDistinctInputs(auxiliary ? graph : withoutAuxiliary(graph));
  const values = new Map<string, tf.SymbolicTensor>();
  const shapes = new Map<string, Shape>();
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => values.get(name)!);
    const inputShapes = node.inputs.map((name) => shapes.get(name)!);
    values.set(node.name, addLayer(node, inputs, initialisersOf(node, inputShapes, random)));
    shapes.set(node.name, node.shape);
  }
  const outputs = [graph.output, ...(auxiliary ? [graph.auxiliary!] : [])].map((name) => values.get(name)!);
  return tf.model({ name: graph.name, inputs: values.get(nodes[0]!.name)!, outputs });
}

type Initialiser = ReturnType<(typeof tf.initializers)["constant" | "glorotUniform" | "varianceScaling"]>;

/** How a layer of TensorFlow.js calls the initialisers of its weights. */
const initialiserNames: Readonly<Record<string, string>> = {
  kernel: "kernelInitializer",
  depthwise_kernel: "depthwiseInitializer",
  bias: "biasInitializer",
  gamma: "gammaInitializer",
  beta: "betaInitializer",
  moving_mean: "movingMeanInitializer",
  moving_variance: "movingVarianceInitializer",
};

function initialisersOf(node: GraphNode, inputs: readonly Shape[], random: RandomGenerator) {
  const entries = weightsOf(node.layer, inputs).map((specification) => {
    const own = random.split(weightKeyOf(node.name, specification.name));
    return [initialiserNames[specification.name]!, initialiserOf(specification, own)] as const;
  });
  return Object.fromEntries(entries) as Record<string, Initialiser>;
}

// A stock initialiser that is saved as one, and gives the seeded values: TensorFlow.js's own would draw others, and be
// run for nothing where the values are set after.
function initialiserOf(specification: WeightSpecification, random: RandomGenerator): Initialiser {
  const { initial, shape, fanIn } = specification;
  if (typeof initial === "number") return tf.initializers.constant({ value: initial });
  const stock =
    initial === "glorot uniform"
      ? tf.initializers.glorotUniform({})
      : tf.initializers.varianceScaling({
          // TensorFlow.js does not widen what it cuts off, and takes all but the last axis as summed up.
          scale: (2 / truncatedDeviation ** 2) * (product(shape.slice(0, -1)) / fanIn),
          mode: "fanIn",
          distribution: "normal",
        });
  stock.apply = () => tf.tensor(initialValue(specification, random), [...shape], "float32");
  return stock;
}

function addLayer(
  node: GraphNode,
  inputs: tf.SymbolicTensor[],
  initialisers: Record<string, Initialiser>,
): tf.SymbolicTensor {
  const { layer } = node;
  const name = layerNameOf(node.name);
  const apply = (stock: { apply(input: tf.SymbolicTensor | tf.SymbolicTensor[]): unknown }, to = inputs) =>
    stock.apply(to.length === 1 ? to[0]! : to) as tf.SymbolicTensor;
  switch (layer.kind) {
    case "input":
      return tf.input({ name, shape: [...node.shape], dtype: "float32" });
    case "convolution": {
      const { filters, size, stride, padding, bias } = layer;
      const window = { kernelSize: size, strides: stride, padding };
      return apply(tf.layers.conv2d({ name, filters, ...window, useBias: bias, ...initialisers }));
    }
    case "depthwise convolution": {
      const { size, stride, padding, bias } = layer;
      const window = { kernelSize: size, strides: stride, padding };
      return apply(tf.layers.depthwiseConv2d({ name, depthMultiplier: 1, ...window, useBias: bias, ...initialisers }));
    }
    case "batch normalisation": {
      const { epsilon, momentum } = layer;
      return apply(tf.layers.batchNormalization({ name, axis: -1, epsilon, momentum, ...initialisers }));
    }
    case "layer normalisation":
      return apply(tf.layers.layerNormalization({ name, axis: -1, epsilon: layer.epsilon, ...initialisers }));
    case "activation":
      return apply(tf.layers.activation({ name, activation: layer.function }));
    case "max pool":
    case "average pool": {
      const make = layer.kind === "max pool" ? tf.layers.maxPooling2d : tf.layers.averagePooling2d;
      return apply(make({ name, poolSize: layer.size, strides: layer.stride, padding: layer.padding }));
    }
    case "global average pool":
      return apply(tf.layers.globalAveragePooling2d({ name, dataFormat: "channelsLast" }));
    case "global max pool":
      return apply(tf.layers.globalMaxPooling2d({ name, dataFormat: "channelsLast" }));
    case "add":
    case "concatenate": {
      // TensorFlow.js takes no sum of one.
      if (inputs.length === 1) return apply(tf.layers.activation({ name, activation: "linear" }));
      return apply(layer.kind === "add" ? tf.layers.add({ name }) : tf.layers.concatenate({ name, axis: -1 }));
    }
    case "multiply":
      return apply(tf.layers.multiply({ name }));
    case "dense":
      return apply(tf.layers.dense({ name, units: layer.units, useBias: layer.bias, ...initialisers }));
    case "flatten":
      return apply(tf.layers.flatten({ name }));
    case "reshape":
      return apply(tf.layers.reshape({ name, targetShape: [...layer.shape] }));
    case "dropout": {
      const { rate, unit } = layer;
      // Null is the batch's size. The types know numbers alone.
      const noiseShape = [null, ...node.shape.map(() => 1)] as number[];
      return apply(tf.layers.dropout(unit === "number" ? { name, rate } : { name, rate, noiseShape }));
    }
    case "upsample":
      return apply(tf.layers.upSampling2d({ name, size: [layer.factor, layer.factor], interpolation: "nearest" }));
    case "shift": {
      // No node's name has two slashes in a row, so that no node's layer has the first one's name.
      const padding = tf.layers.zeroPadding2d({ name: `${name}..padding`, padding: after });
      return apply(tf.layers.cropping2D({ name, cropping: before }), [apply(padding)]);
    }
  }
}

type Border = [[top: number, bottom: number], [left: number, right: number]];
const before: Border = [
  [1, 0],
  [1, 0],
];
const after: Border = [
  [0, 1],
  [0, 1],
];
const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
