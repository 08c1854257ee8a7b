import { Problem } from "../runtime/problem";
import type { Graph, GraphNode } from "./graph";
import type { Shape } from "./layer";

/** The layers of a network whose names begin alike. */
export interface Group {
  /** What their names begin with: "stage2/block1". */
  readonly name: string;
  /** The layers, in the network's order; at least one. */
  readonly nodes: readonly GraphNode[];
  /** The names of the other groups that they take something from, in the order in which it is first taken. */
  readonly inputs: readonly string[];
  /** The shape of what the group gives to others, without the batch; of the last such layer where there are several. */
  readonly shape: Shape;
}

/**
 * Groups the layers of a network by the beginnings of their names. The last part of a name is the layer's own:
 * `stage2/block1/norm1` is in the group `stage2` of one part, and in `stage2/block1` of two or more.
 *
 * @param graph The network.
 * @param parts How many parts of the names count, from 1.
 * @returns The groups, in the order of their first layers.
 * @throws {Problem} Where `parts` is not a whole number from 1.
 */
export function groupNodes(graph: Graph, parts: number): Group[] {
  if (!Number.isInteger(parts) || parts < 1) {
    throw new Problem(
      `The layers of ${graph.name} are to be grouped by ${parts} parts of their names, expected a whole number from 1.`,
      "Give 1 for stages, or 2 for blocks.",
    );
  }
  const members = new Map<string, GraphNode[]>();
  const groupOf = new Map<string, string>();
  for (const node of graph.nodes) {
    const words = node.name.split("/");
    const name = words.slice(0, Math.min(parts, Math.max(1, words.length - 1))).join("/");
    members.set(name, [...(members.get(name) ?? []), node]);
    groupOf.set(node.name, name);
  }
  const taken = new Set([graph.output, graph.auxiliary]);
  for (const { name, inputs } of graph.nodes) {
    for (const input of inputs) if (groupOf.get(input) !== groupOf.get(name)) taken.add(input);
  }
  return [...members].map(([name, nodes]) => ({
    name,
    nodes,
    inputs: [...new Set(nodes.flatMap(({ inputs }) => inputs.map((input) => groupOf.get(input)!)))].filter(
      (input) => input !== name,
    ),
    shape: (nodes.filter((node) => taken.has(node.name)).at(-1) ?? nodes.at(-1)!).shape,
  }));
}
