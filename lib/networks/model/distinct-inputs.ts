import type { Graph, GraphNode } from "../../graph/graph";
import { layers } from "../../graph/layer";

/**
 * Makes a network in which no layer takes the same value twice: the second time it takes it through a layer that changes
 * nothing. The values stay the same, and the weights keep their names.
 *
 * TensorFlow.js's models count such a value's uses wrongly, in a browser too: it is released while a later layer still needs
 * it, and the prediction ends in an error. Found cells often have a node that adds one input to itself.
 *
 * @returns The network; the same where no layer takes a value twice.
 */
export function withDistinctInputs(graph: Graph): Graph {
  if (graph.nodes.every(({ inputs }) => new Set(inputs).size === inputs.length)) return graph;
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const nodes = graph.nodes.flatMap((node): GraphNode[] => {
    const added: GraphNode[] = [];
    const inputs = node.inputs.map((input, place) => {
      if (!node.inputs.slice(0, place).includes(input)) return input;
      // A dropout of nothing is the one layer without an effect that networks have as plain data.
      const name = `${node.name}/again${place}`;
      added.push({ name, layer: layers.dropout({ rate: 0 }), inputs: [input], shape: shapes.get(input)! });
      return name;
    });
    return [...added, { ...node, inputs }];
  });
  return { ...graph, nodes };
}
