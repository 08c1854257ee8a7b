import type { Graph } from "../graph/graph";
import { buildNetwork } from "../space/build";
import { decode } from "../space/encode";
import type { Benchmark } from "./benchmark";

/** The network of a row of searches on outer folds, as it is tested. */
export interface NestedNetwork {
  /** The arm whose search found it; of a network beside them, its name. */
  readonly arm: string;
  /** Whether a search found it. */
  readonly found: boolean;
  /** The hash of its architecture. */
  readonly network: string;
  /** It, for the images that it is tested with. */
  readonly graph: Graph;
}

/**
 * Builds the networks that were tested on outer folds, each at the size of the images that it is tested with.
 *
 * @returns In the order of the table's rows.
 */
export function networksOfNested({ protocol, nested }: Pick<Benchmark, "protocol" | "nested">): NestedNetwork[] {
  const channels = protocol.preparation.channels?.length ?? 1;
  return nested.map(({ arm, search, network, code }) => {
    const found = search !== null;
    const asked = protocol.steps
      .flatMap((step) => step.nested ?? [])
      .find(({ arms, references }) => Object.hasOwn(found ? arms : references, arm))!;
    const { space, settings } = protocol.sets[found ? asked.set : asked.references[arm]!.set]!;
    const size = { height: asked.winners.size, width: asked.winners.size, channels };
    return { arm, found, network, graph: buildNetwork(decode(space, code), size, settings) };
  });
}
