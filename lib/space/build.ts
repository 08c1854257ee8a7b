import type { InputSize } from "../graph/builder";
import type { Graph } from "../graph/graph";
import { namedWeightsOf, type NamedWeight } from "../graph/named-weights";
import { checkArchitecture } from "./architecture";
import { kindOf, type Architecture, type NetworkSettings } from "./kinds";
import { checkSpace, type GivenSpace } from "./space";

/**
 * Builds the network of an architecture, for a search with shared weights and for training from scratch alike: two networks
 * of the same settings share the weights of the nodes that have the same name in both.
 *
 * @param size The images.
 * @param settings The settings that differ from the defaults of the architecture's space.
 * @returns The network, which gives logits `[classes]`.
 * @throws {Problem} Where the architecture is none, a setting is unknown there or out of range, or the images are too small.
 */
export function buildNetwork(
  architecture: Architecture,
  size: InputSize,
  settings: Partial<NetworkSettings> = {},
): Graph {
  const kind = kindOf(architecture);
  return kind.build(checkArchitecture(architecture), size, kind.checkSettings(settings));
}

/**
 * Lists all weights of the supernet of a space: those that any of its architectures uses. Of a micro space each layer, node,
 * side, operation and input has its own, as has each possible loose end; of a macro space each layer and operation; of a shape
 * space each block and operation, as large as the widest network has it. The moving averages of batch normalisations are among
 * them.
 *
 * @param size The images.
 * @param settings The settings that differ from the defaults of the space, the same as for {@link buildNetwork}.
 * @returns Each weight once, always in the same order.
 * @throws {Problem} Where the space is none, a setting is unknown or out of range, or the images are too small.
 */
export function supernetWeightsOf(
  space: GivenSpace,
  size: InputSize,
  settings: Partial<NetworkSettings> = {},
): NamedWeight[] {
  const weights = new Map<string, NamedWeight>();
  for (const graph of coveringNetworksOf(space, size, settings))
    for (const weight of namedWeightsOf(graph))
      weights.set(weight.key, largerOf(weights.get(weight.key) ?? weight, weight));
  return [...weights.values()];
}

/**
 * Builds networks of a space that together have every weight which any of its networks has, at its largest.
 *
 * @param size The images.
 * @param settings The settings that differ from the defaults of the space.
 * @throws {Problem} Where the space is none, a setting is unknown or out of range, or the images are too small.
 */
export function coveringNetworksOf(
  space: GivenSpace,
  size: InputSize,
  settings: Partial<NetworkSettings> = {},
): Graph[] {
  const checked = checkSpace(space);
  return kindOf(checked, "space")
    .coverWeights(checked)
    .map((architecture) => buildNetwork(architecture, size, settings));
}

/**
 * Gives the larger of the same weight in two networks: where widths are to be chosen, narrower ones take the first channels of it.
 *
 * @returns A weight as large as both in each dimension; all else is the first one's.
 */
export function largerOf<Weight extends NamedWeight>(one: Weight, other: NamedWeight): Weight {
  const [first, second] = [one.specification, other.specification];
  const shape = first.shape.map((length, axis) => Math.max(length, second.shape[axis]!));
  return { ...one, specification: { ...first, shape, fanIn: Math.max(first.fanIn, second.fanIn) } };
}
