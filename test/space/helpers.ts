import { withoutAuxiliary, type Graph, type GraphNode } from "../../lib/graph/graph";
import { namedWeightsOf, type NamedWeight } from "../../lib/graph/named-weights";

/** How many numbers training changes. */
export function countTrainable(weights: readonly NamedWeight[]): number {
  return weights
    .filter(({ specification }) => specification.trainable)
    .reduce((sum, { specification }) => sum + specification.shape.reduce((a, b) => a * b, 1), 0);
}

/** The trainable parameters of a network in use. */
export function countParameters(graph: Graph): number {
  return countTrainable(namedWeightsOf(withoutAuxiliary(graph)));
}

/** The wiring of the nodes whose names start so: `name < input + input`. */
export function wiring(graph: Graph, start: string): string[] {
  return graph.nodes
    .filter(({ name }) => name.startsWith(start))
    .map(({ name, inputs }) => `${name} < ${inputs.join(" + ")}`);
}

/** Multiply-adds of one image in convolutions and dense layers. */
export function countMultiplyAdds(graph: Graph): number {
  const nodes = new Map(graph.nodes.map((node) => [node.name, node]));
  const cost = ({ layer, inputs, shape }: GraphNode): number => {
    const channels = nodes.get(inputs[0] ?? "")?.shape.at(-1) ?? 0;
    const values = shape.reduce((a, b) => a * b, 1);
    if (layer.kind === "convolution") return values * layer.size ** 2 * channels;
    if (layer.kind === "depthwise convolution") return values * layer.size ** 2;
    return layer.kind === "dense" ? values * channels : 0;
  };
  return graph.nodes.reduce((sum, node) => sum + cost(node), 0);
}
