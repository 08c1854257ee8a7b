import { startGraph, type Value } from "../graph/builder";
import type { Graph, GraphNode } from "../graph/graph";
import { Problem } from "../runtime/problem";

/**
 * Makes a network of what was read of a file, layer by layer, so that every layer fits the ones before.
 *
 * @param plain The network as plain data, from JSON.
 * @returns The network, without an auxiliary head.
 * @throws {Problem} Where it is no network: a layer is unknown, takes what is not there, or gives another shape.
 */
export function readGraph(plain: unknown, file: string): Graph {
  try {
    const { name, nodes, output } = plain as Graph;
    const [input, ...others] = nodes as [GraphNode, ...GraphNode[]];
    if (input.name !== "input" || input.layer.kind !== "input") throw new Error("its first layer is not the input");
    const [height, width, channels] = input.shape as [number, number, number];
    const builder = startGraph(name, { height, width, channels });
    const values = new Map<string, Value>([[input.name, builder.input]]);
    for (const { name: node, layer, inputs, shape } of others) {
      const given = inputs.map((one) => {
        const value = values.get(one);
        if (value === undefined) throw new Error(`${node} takes ${one}, which is not there before it`);
        return value;
      });
      const value = builder.add(node, layer, ...given);
      // A layer of an unknown kind has no shape.
      const found = (value.shape as readonly number[] | undefined)?.join(", ");
      if (found !== shape.join(", ")) throw new Error(`${node} gives [${found ?? "?"}], not [${shape.join(", ")}]`);
      values.set(node, value);
    }
    const last = values.get(output);
    if (last === undefined) throw new Error(`its output ${output} is not one of its layers`);
    return builder.finish(last);
  } catch (error) {
    const reason = (error instanceof Problem ? error.what : (error as Error).message).replace(/[.\s]+$/, "");
    throw new Problem(
      `${file} does not hold a network: ${reason}.`,
      "It is damaged or was changed: get the release again.",
    );
  }
}
