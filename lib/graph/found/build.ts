import { checkArchitecture, type Architecture } from "../../space/architecture";
import type { InputSize } from "../builder";
import type { Graph } from "../graph";
import { buildMacro } from "./macro";
import { buildMicro } from "./micro";
import type { FoundSettings } from "./settings";

/**
 * Builds the network of an architecture, for a search with shared weights and for training on its own alike: two networks
 * of the same settings share the weights of the nodes that have the same name in both.
 *
 * @param architecture The architecture.
 * @param size The images.
 * @param settings The settings that differ from the defaults of the architecture's space.
 * @returns The network, which gives logits `[classes]`.
 * @throws {Problem} Where the architecture is none, a setting is unknown there or out of range, or the images are too small.
 */
export function buildFound(architecture: Architecture, size: InputSize, settings: Partial<FoundSettings> = {}): Graph {
  checkArchitecture(architecture);
  return architecture.space === "micro"
    ? buildMicro(architecture, size, settings)
    : buildMacro(architecture, size, settings);
}
