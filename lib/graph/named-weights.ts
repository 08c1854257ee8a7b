import type { Graph } from "./graph";
import type { Shape } from "./layer";
import { weightsOf, type WeightSpecification } from "./weights";

/** A weight of a network under the name by which networks share it. */
export interface NamedWeight {
  /** The node's name, a slash, the weight's name: `layer0/calibrate0/convolution/kernel`. */
  readonly key: string;
  /** Its shape and its start. */
  readonly specification: WeightSpecification;
}

/**
 * Lists the weights of a network.
 *
 * @param graph The network.
 * @returns The weights in the order of its nodes, and of {@link weightsOf} within a node; those of an auxiliary head too.
 */
export function namedWeightsOf(graph: Graph): NamedWeight[] {
  const shapes = new Map<string, Shape>(graph.nodes.map(({ name, shape }) => [name, shape]));
  return graph.nodes.flatMap(({ name, layer, inputs }) =>
    weightsOf(
      layer,
      inputs.map((input) => shapes.get(input)!),
    ).map((specification) => ({ key: `${name}/${specification.name}`, specification })),
  );
}
