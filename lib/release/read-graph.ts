import { startGraph, type Value } from "../graph/builder";
import type { Graph, GraphNode } from "../graph/graph";
import { activationFunctions, type Layer } from "../graph/layer";
import { Problem } from "../runtime/problem";

/** The most layers of a network, and the most numbers that one of them gives for an image. */
const [mostNodes, mostNumbers] = [10_000, 2 ** 26];

/** What layers have in whole numbers, and the most that each may be. */
const whole: Readonly<Record<string, number>> = {
  size: 1024,
  stride: 1024,
  factor: 64,
  filters: 65_536,
  units: 1_000_000,
};

// Layers that the library makes are right by their types; those of a file are anybody's.
function checkNumbers(node: string, layer: Layer): void {
  for (const [key, value] of Object.entries(layer)) {
    const most = Object.hasOwn(whole, key) ? whole[key]! : null;
    const isWhole = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= (most ?? 0);
    if (most !== null && !isWhole)
      throw new Error(`${node} has ${key}: ${JSON.stringify(value)}, expected 1 to ${most}`);
    if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`${node} has ${key}: ${value}`);
    if (key === "padding" && value !== "same" && value !== "valid") throw new Error(`${node} has an unknown padding`);
    if (key === "function" && !activationFunctions.includes(value as never))
      throw new Error(`${node} has the unknown function ${JSON.stringify(value)}`);
  }
}

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
    if (nodes.length > mostNodes) throw new Error(`it has ${nodes.length} layers, expected at most ${mostNodes}`);
    for (const { name: node, layer, inputs, shape } of others) {
      checkNumbers(node, layer);
      const given = inputs.map((one) => {
        const value = values.get(one);
        if (value === undefined) throw new Error(`${node} takes ${one}, which is not there before it`);
        return value;
      });
      const value = builder.add(node, layer, ...given);
      // A layer of an unknown kind has no shape.
      const found = (value.shape as readonly number[] | undefined)?.join(", ");
      if (found !== shape.join(", ")) throw new Error(`${node} gives [${found ?? "?"}], not [${shape.join(", ")}]`);
      if (value.shape.reduce((product, size) => product * size, 1) > mostNumbers)
        throw new Error(`${node} gives [${shape.join(", ")}], more numbers than memory holds`);
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
