import * as v from "valibot";

import { flag } from "../runtime/option-values";
import { checkOptions } from "../runtime/options";
import { withoutAuxiliary, type Graph, type GraphNode } from "./graph";
import type { Layer, Shape } from "./layer";
import { weightsOf } from "./weights";

/** What a network, or a part of it, costs. */
export interface Cost {
  /** Numbers that training changes. */
  readonly trainable: number;
  /** Numbers that are kept but not trained: the moving means and variances of batch normalisations. */
  readonly nonTrainable: number;
  /**
   * Multiplications with a following addition, of one image on its way through: those of the convolutions, the depthwise
   * convolutions and the dense layers, zeros of the padding included. Biases, normalisations, activations, pools, sums and
   * products are not counted; in these networks they are a few hundredths of it. Papers that count "FLOPs" often mean this,
   * and sometimes twice this.
   */
  readonly multiplyAdds: number;
  /** What the weights take in memory or in a file, trained or not, in bytes, four for each number (float32). */
  readonly weightBytes: number;
  /** How many numbers the largest output of a layer has, for one image. */
  readonly largestOutput: number;
}

/** What one layer costs. */
export interface LayerCost extends Cost {
  /** The layer at its place. */
  readonly node: GraphNode;
}

const costOptions = v.strictObject({
  /** Whether the auxiliary head counts, which is there for training alone; default: no. */
  auxiliary: v.optional(flag(), false),
});

/**
 * What is counted.
 *
 * @interface
 */
export type CostOptions = v.InferInput<typeof costOptions>;

/**
 * Computes what a network costs.
 *
 * @param graph The network.
 * @param options What is counted.
 * @returns The cost of all its layers.
 */
export function costOf(graph: Graph, options: CostOptions = {}): Cost {
  return sumCosts(costsOfLayers(graph, checkOptions("costOf", costOptions, options)));
}

/**
 * Computes what each layer of a network costs.
 *
 * @param graph The network.
 * @param options What is counted.
 * @returns One cost a layer, in the network's order.
 */
export function costsOfLayers(graph: Graph, options: CostOptions = {}): LayerCost[] {
  const { auxiliary } = checkOptions("costsOfLayers", costOptions, options);
  const { nodes } = auxiliary ? graph : withoutAuxiliary(graph);
  const shapes = new Map(nodes.map(({ name, shape }) => [name, shape]));
  return nodes.map((node) => {
    const inputs = node.inputs.map((name) => shapes.get(name)!);
    const weights = weightsOf(node.layer, inputs);
    const count = (trainable: boolean) =>
      weights.filter((weight) => weight.trainable === trainable).reduce((sum, { shape }) => sum + product(shape), 0);
    const [trainable, nonTrainable] = [count(true), count(false)];
    return {
      node,
      trainable,
      nonTrainable,
      multiplyAdds: multiplyAddsOf(node.layer, inputs, node.shape),
      weightBytes: (trainable + nonTrainable) * Float32Array.BYTES_PER_ELEMENT,
      largestOutput: product(node.shape),
    };
  });
}

/**
 * Adds up costs.
 *
 * @param costs The costs of parts.
 * @returns The cost of all of them; their largest output is the largest of them.
 */
export function sumCosts(costs: readonly Cost[]): Cost {
  const sum = (key: keyof Cost) => costs.reduce((total, cost) => total + cost[key], 0);
  return {
    trainable: sum("trainable"),
    nonTrainable: sum("nonTrainable"),
    multiplyAdds: sum("multiplyAdds"),
    weightBytes: sum("weightBytes"),
    largestOutput: costs.reduce((largest, cost) => Math.max(largest, cost.largestOutput), 0),
  };
}

function multiplyAddsOf(layer: Layer, inputs: readonly Shape[], output: Shape): number {
  const features = inputs[0]?.at(-1) ?? 0;
  switch (layer.kind) {
    case "convolution":
      return product(output) * layer.size ** 2 * features;
    case "depthwise convolution":
      return product(output) * layer.size ** 2;
    case "dense":
      return features * layer.units;
    case "activation":
    case "add":
    case "average pool":
    case "batch normalisation":
    case "concatenate":
    case "dropout":
    case "flatten":
    case "global average pool":
    case "global max pool":
    case "input":
    case "layer normalisation":
    case "max pool":
    case "multiply":
    case "reshape":
    case "shift":
    case "upsample":
      return 0;
  }
}

const product = (shape: Shape) => shape.reduce((a, b) => a * b, 1);
