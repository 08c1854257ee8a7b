import type { Graph, GraphNode } from "../../graph/graph";
import { namedWeightsOf } from "../../graph/named-weights";
import { fuse } from "./fuse";
import type { Step } from "./run-state";

/** A weight that a network reads. */
export interface PlannedWeight {
  readonly node: string;
  readonly name: string;
  /** Whether it is trained; moving means and variances are not. */
  readonly trainable: boolean;
}

/** How a network is computed: steps in order, and how long their values are needed. */
export interface Plan {
  readonly graph: Graph;
  readonly steps: readonly Step[];
  /** For each step, the nodes whose values nobody reads after it in the forward pass. */
  readonly lastReads: readonly (readonly string[])[];
  /** The nodes whose values the backward pass needs. */
  readonly needed: ReadonlySet<string>;
  readonly weights: readonly PlannedWeight[];
  /**
   * For nodes of normalisations the output of the step that is the last to add to their gradient, where it can find the sums of
   * it that the backward pass through the normalisation wants.
   */
  readonly finders: ReadonlyMap<string, string>;
}

/**
 * Plans how a network is computed: which layers are computed at once, and how long values are needed.
 *
 * @returns The plan; a network that does not change needs to be planned once.
 */
export function planNetwork(graph: Graph): Plan {
  const steps = fuse(graph);
  const last = new Map<string, number>();
  const needed = new Set<string>();
  steps.forEach((step, index) => {
    for (const input of step.inputs) last.set(input, index);
    for (const input of step.keeps) needed.add(input);
    if (step.keepsOutput) needed.add(step.output);
  });
  const lastReads = steps.map((): string[] => []);
  for (const [node, index] of last) lastReads[index]!.push(node);
  // The first in the forward pass is the last in the backward pass.
  const first = new Map<string, Step>();
  for (const step of [...steps].reverse()) for (const input of step.inputs) first.set(input, step);
  const finders = new Map<string, string>();
  for (const { output, takesSums = false } of steps) {
    const step = first.get(output);
    if (takesSums && step?.findsSums?.includes(output) === true) finders.set(output, step.output);
  }
  const weights = namedWeightsOf(graph).map(({ key, specification: { name, trainable } }) => {
    return { node: key.slice(0, -name.length - 1), name, trainable };
  });
  return { graph, steps, lastReads, needed, weights, finders };
}

/** Finds the node of the images. */
export function imageOf(graph: Graph): GraphNode {
  return graph.nodes[0]!;
}
