import type { Prepared } from "../data/prepare/prepared";
import { buildNetwork } from "../space/build";
import type { Architecture, NetworkSettings } from "../space/kinds";
import type { InputSize } from "../graph/builder";
import type { Graph } from "../graph/graph";
import type { HandCraftedOptions } from "../graph/hand-crafted/network";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { Problem } from "../runtime/problem";
import type { LayersNetwork } from "./layers-model/layers-specification";

/** The network of an architecture. */
export interface FoundNetwork {
  readonly kind: "found";
  readonly architecture: Architecture;
  /** Depth, channels and so on. */
  readonly settings: Partial<NetworkSettings>;
}

/** A network that people designed. */
export interface HandCrafted {
  readonly kind: "hand-crafted";
  /** Its name in the registry: "ResNet-18". */
  readonly name: string;
  /** Classes and dropout; default: the paper's. */
  readonly options?: Partial<HandCraftedOptions>;
}

/** Which network is trained. Plain data, to be kept in a run's configuration. */
export type NetworkSpecification = FoundNetwork | HandCrafted | LayersNetwork;

/**
 * Builds the network of a specification.
 *
 * @throws {Problem} Where there is no such network, it cannot take such images, or it is a layers model, which has no graph.
 */
export function buildSpecified(specification: NetworkSpecification, size: InputSize): Graph {
  // A file may name any kind.
  const kind: string = specification.kind;
  if (specification.kind === "layers model") {
    throw new Problem(
      "A layers model is run by TensorFlow.js layer by layer, and has no graph that could be built.",
      "Train it in a plan; its costs stand beside the others.",
    );
  }
  if (specification.kind === "found") return buildNetwork(specification.architecture, size, specification.settings);
  if (kind === "hand-crafted") return buildHandCrafted(specification.name, size, specification.options);
  throw new Problem(
    `A network's kind is ${JSON.stringify(kind)}, expected "found", "hand-crafted" or "layers model".`,
    'Give { kind: "hand-crafted", name: "ResNet-18" }, for example.',
  );
}

/** Says which images prepared ones are. */
export function sizeOf(prepared: Pick<Prepared, "size" | "channels">): InputSize {
  return { height: prepared.size, width: prepared.size, channels: prepared.channels.length };
}
