import { isPlainObject } from "../../runs/json";
import { Problem } from "../../runtime/problem";

/**
 * Checks that the layers of a model can be put in an order in which each comes after those that it takes. TensorFlow.js waits
 * for ever for a layer that is not there, and for two that wait for each other.
 *
 * @param topology The layers, as a file describes them; models without a network of layers are passed over.
 * @throws {Problem} Where a layer takes one that does not exist, or that comes after it in every order.
 */
export function checkTopology(folder: string, topology: unknown): void {
  const outer = isPlainObject(topology) && isPlainObject(topology.model_config) ? topology.model_config : topology;
  const layers = isPlainObject(outer) && isPlainObject(outer.config) ? outer.config.layers : undefined;
  if (!Array.isArray(layers)) return;
  const takes = new Map<string, Set<string>>();
  for (const layer of layers as readonly unknown[]) {
    const { name, config, inbound_nodes: nodes } = (layer ?? {}) as Record<string, unknown>;
    const own = typeof name === "string" ? name : isPlainObject(config) ? config.name : undefined;
    if (typeof own === "string") takes.set(own, new Set(namesIn(nodes)));
  }
  const refuse = (what: string): never => {
    throw new Problem(`The model in ${folder} cannot be built: ${what}.`, "Get it again, or save it anew.");
  };
  for (const [name, inputs] of takes) {
    const missing = [...inputs].find((input) => !takes.has(input));
    if (missing !== undefined)
      refuse(`${JSON.stringify(name)} takes ${JSON.stringify(missing)}, which is no layer of it`);
  }
  for (let count = takes.size; count > 0;) {
    for (const [name, inputs] of takes) if (![...inputs].some((input) => takes.has(input))) takes.delete(name);
    if (takes.size === count) refuse(`${JSON.stringify([...takes.keys()][0])} takes, through others, what it gives`);
    count = takes.size;
  }
}

// A node is a list of [layer, node, output, options], and a layer used twice has two of them.
function namesIn(nodes: unknown): string[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((inner: unknown) =>
    Array.isArray(inner) && typeof inner[0] === "string" ? [inner[0]] : namesIn(inner),
  );
}
