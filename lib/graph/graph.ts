import type { Layer, Shape } from "./layer";

/** A layer at its place in a network. */
export interface GraphNode {
  /**
   * Its name, unique in the network, of letters, digits, `_` and `-` with slashes between parts: `layer2/node3/x/norm`.
   * Networks that share weights share those of nodes of the same name.
   */
  readonly name: string;
  /** What it does. */
  readonly layer: Layer;
  /** The names of the nodes that it takes its inputs from, in order. */
  readonly inputs: readonly string[];
  /** The shape of its output, without the batch. */
  readonly shape: Shape;
}

/** A network as plain data: layers, and how they are wired. From it come its cost, its drawing and its tensors. */
export interface Graph {
  /** What it is called: "ResNet-18". */
  readonly name: string;
  /** Its layers, each after those that it takes its inputs from; the first is the input. */
  readonly nodes: readonly GraphNode[];
  /** The node that gives the logits, `[classes]`. */
  readonly output: string;
  /** The node that gives the logits of the auxiliary head, which is there for training alone; null without one. */
  readonly auxiliary: string | null;
}

/**
 * Finds a node by its name.
 *
 * @param graph The network.
 * @throws {Error} Where there is none: a defect of the program.
 */
export function nodeOf(graph: Graph, name: string): GraphNode {
  const node = graph.nodes.find((candidate) => candidate.name === name);
  if (node === undefined) throw new Error(`The network ${graph.name} has no node ${name}.`);
  return node;
}

/**
 * Takes away what is there for training alone: the auxiliary head.
 *
 * @param graph The network.
 * @returns The network without any node that its output does not need.
 */
export function withoutAuxiliary(graph: Graph): Graph {
  const needed = new Set([graph.output]);
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.name)) for (const input of node.inputs) needed.add(input);
  }
  return { ...graph, nodes: graph.nodes.filter(({ name }) => needed.has(name)), auxiliary: null };
}
