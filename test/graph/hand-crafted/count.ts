import type { Graph, GraphNode } from "../../../lib/graph/graph";
import type { Layer } from "../../../lib/graph/layer";
import { weightsOf, type WeightSpecification } from "../../../lib/graph/weights";

/** Images of a side and of channels. */
export const square = (side: number, channels = 1) => ({ height: side, width: side, channels });

/** The nodes of a kind. */
export function nodesOfKind<Kind extends Layer["kind"]>(
  graph: Graph,
  kind: Kind,
): (GraphNode & { layer: Extract<Layer, { kind: Kind }> })[] {
  return graph.nodes.filter((node): node is GraphNode & { layer: Extract<Layer, { kind: Kind }> } => {
    return node.layer.kind === kind;
  });
}

/** The last image in a network, before the mean or the flattening. */
export function lastMapOf(graph: Graph): readonly number[] {
  const images = new Map(graph.nodes.map((node) => [node.name, node.shape]));
  const end = graph.nodes
    .filter(({ layer }) => layer.kind === "global average pool" || layer.kind === "flatten")
    .at(-1);
  return images.get(end!.inputs[0]!)!;
}

/** Numbers that training changes. */
export function parametersOf(graph: Graph): number {
  return weigh(graph, ({ shape, trainable }) => (trainable ? product(shape) : 0));
}

/** Multiplications with weights of convolutions and dense layers, for one image. */
export function multiplyAddsOf(graph: Graph): number {
  return weigh(graph, ({ name, shape }, node) => {
    const places = node.shape.length === 3 ? node.shape[0]! * node.shape[1]! : 1;
    return name.endsWith("kernel") ? product(shape) * places : 0;
  });
}

function weigh(graph: Graph, count: (weight: WeightSpecification, node: GraphNode) => number): number {
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  return graph.nodes
    .flatMap((node) => {
      const inputs = node.inputs.map((input) => shapes.get(input)!);
      return weightsOf(node.layer, inputs).map((weight) => count(weight, node));
    })
    .reduce((a, b) => a + b, 0);
}

const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
