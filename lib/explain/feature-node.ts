import { withoutAuxiliary, type Graph, type GraphNode } from "../graph/graph";
import { nearestOf } from "../runtime/nearest";
import { Problem } from "../runtime/problem";

/**
 * Finds the node whose values a heat map is made of.
 *
 * @param name The node's name; null takes the last one with more than one pixel: the one before the head. The mean over
 *   the image, the flattening and the gates of one pixel come after it or do not count.
 * @returns The node, with a shape of `[height, width, channels]`.
 * @throws {Problem} Where there is no such node, it has no rows and columns, or the logits do not depend on it.
 */
export function findFeatureNode(graph: Graph, name: string | null): GraphNode {
  const { nodes } = withoutAuxiliary(graph);
  const usable = nodes.filter(isMap);
  if (name === null) {
    const last = usable.at(-1);
    if (last !== undefined && last.layer.kind !== "input") return last;
    throw new Problem(
      `${graph.name} has no layer with rows and columns before its head, so that there is nothing to map.`,
      "Explain it by occlusionMap, which needs no layers.",
    );
  }
  const node = usable.find((candidate) => candidate.name === name);
  if (node !== undefined) return node;
  const shape = nodes.find((candidate) => candidate.name === name)?.shape.join(", ");
  const names = usable.filter(({ layer }) => layer.kind !== "input").map((candidate) => candidate.name);
  const near = nearestOf(name, names);
  throw new Problem(
    shape === undefined
      ? `${graph.name} has no node "${name}" on the way to its logits.`
      : `The node "${name}" of ${graph.name} gives [${shape}], expected rows and columns: [height, width, channels].`,
    `${near === null ? "" : `Did you mean "${near}"? `}${names.length === 0 ? "No layer can be mapped" : `The last one that can be mapped is "${names.at(-1)!}"`}.`,
  );
}

function isMap({ shape }: GraphNode): boolean {
  return shape.length === 3 && shape[0]! * shape[1]! > 1;
}
