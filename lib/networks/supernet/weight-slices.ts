import type { Graph, GraphNode } from "../../graph/graph";
import type { NamedWeight } from "../../graph/named-weights";
import { weightsOf, type WeightSpecification } from "../../graph/weights";
import { weightKeyOf } from "../weights/initial-values";

/** A weight of a network with where its inputs come from: what its part of a larger weight depends on. */
export interface SliceableWeight extends NamedWeight {
  /** The features of each layer that is put side by side as its input, in order; one, but behind a concatenation. */
  readonly sources: readonly number[];
  /** The dimension of its shape that counts those features; null where none does. */
  readonly inputDimension: number | null;
}

/**
 * Lists the weights of a network with where their inputs come from.
 *
 * @param graph The network.
 * @returns The weights, in the order of `namedWeightsOf`.
 */
export function sliceableWeightsOf(graph: Graph): SliceableWeight[] {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const sources = new Map<string, readonly number[]>();
  return graph.nodes.flatMap((node) => {
    const inputs = node.inputs.map((name) => nodes.get(name)!);
    const own = sources.get(node.inputs[0] ?? "") ?? [];
    sources.set(node.name, sourcesOf(node, inputs, sources));
    return weightsOf(
      node.layer,
      inputs.map(({ shape }) => shape),
    ).map((specification) => ({
      ...{ key: weightKeyOf(node.name, specification.name), specification, sources: own },
      inputDimension: inputDimensionOf(node, specification),
    }));
  });
}

// What passes features on has those of its input; what makes new ones is one source.
function sourcesOf(
  { layer, shape }: GraphNode,
  inputs: readonly GraphNode[],
  known: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  switch (layer.kind) {
    case "concatenate":
      return inputs.flatMap(({ name }) => known.get(name)!);
    case "activation":
    case "add":
    case "average pool":
    case "batch normalisation":
    case "depthwise convolution":
    case "dropout":
    case "global average pool":
    case "global max pool":
    case "layer normalisation":
    case "max pool":
    case "multiply":
    case "upsample":
      return known.get(inputs[0]!.name)!;
    case "convolution":
    case "dense":
    case "flatten":
    case "input":
    case "reshape":
    case "shift":
      return [shape.at(-1)!];
  }
}

// Kernels count inputs in the last dimension but one, a depthwise one too, whose last is 1; biases of what makes new features in none;
// all else has one number a feature.
function inputDimensionOf({ layer }: GraphNode, { name, shape }: WeightSpecification): number | null {
  if (shape.length > 1) return shape.length - 2;
  return name === "bias" && layer.kind !== "depthwise convolution" ? null : 0;
}

/**
 * Finds the part of a weight that a narrower network takes: of each dimension of features the first places, and of features that
 * several layers give side by side the first of each of them; of a larger window the middle.
 *
 * @param narrow The weight in the narrower network.
 * @param wide The same weight in the widest.
 * @returns For each number of the narrower weight, its place among those of the wider.
 */
export function sliceOf(narrow: SliceableWeight, wide: SliceableWeight): Int32Array {
  const [shape, whole] = [narrow.specification.shape, wide.specification.shape];
  const chosen = shape.map((size, dimension) => {
    if (dimension === narrow.inputDimension) return placesOf(narrow.sources, wide.sources);
    const isWindow = shape.length === 4 && dimension < 2;
    return places(size, isWindow ? (whole[dimension]! - size) / 2 : 0);
  });
  let found = Int32Array.of(0);
  chosen.forEach((own, dimension) => {
    const next = new Int32Array(found.length * own.length);
    let index = 0;
    for (const before of found) for (const place of own) next[index++] = before * whole[dimension]! + place;
    found = next;
  });
  return found;
}

function placesOf(narrow: readonly number[], wide: readonly number[]): number[] {
  let from = 0;
  return narrow.flatMap((size, source) => {
    const own = places(size, from);
    from += wide[source]!;
    return own;
  });
}

const places = (count: number, from: number) => Array.from({ length: count }, (_, index) => from + index);
