import { closest } from "fastest-levenshtein";

import { Problem } from "../../runtime/problem";
import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { alexNet } from "./alexnet";
import { cnn3 } from "./cnn3";
import { convNeXt } from "./convnext";
import { denseNet } from "./densenet";
import { efficientNet } from "./efficientnet";
import { googLeNet } from "./googlenet";
import { mobileNetV2 } from "./mobilenet";
import type { HandCraftedNetwork, HandCraftedOptions } from "./network";
import { plainCnn } from "./plain-cnn";
import { resNets } from "./resnet";
import { squeezeNet } from "./squeezenet";
import { vggs } from "./vgg";

/** The hand-crafted networks: the two small ones, then the published ones by year. */
export const handCraftedNetworks: readonly HandCraftedNetwork[] = [
  plainCnn,
  cnn3,
  alexNet,
  ...vggs,
  googLeNet,
  ...resNets,
  squeezeNet,
  denseNet,
  mobileNetV2,
  efficientNet,
  convNeXt,
];

/**
 * Builds a hand-crafted network by its name.
 *
 * @param name The name, as {@link handCraftedNetworks} has it: "ResNet-18".
 * @param size The images that it takes, `height`, `width` and `channels`.
 * @param options Classes, default 2, and dropout, default the paper's.
 * @returns The network.
 * @throws {Problem} Where there is no network of that name, the images are too small, or an option is none or out of its
 *   range.
 */
export function buildHandCrafted(name: string, size: InputSize, options: Partial<HandCraftedOptions> = {}): Graph {
  const network = handCraftedNetworks.find((candidate) => candidate.name === name);
  if (network !== undefined) return network.build(size, options);
  const names = handCraftedNetworks.map((candidate) => candidate.name);
  throw new Problem(
    `There is no hand-crafted network "${name}".`,
    `Did you mean "${closest(name, names)}"? There are ${names.join(", ")}.`,
  );
}
