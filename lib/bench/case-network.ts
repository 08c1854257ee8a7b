import { buildNetwork, supernetWeightsOf } from "../space/build";
import { decode } from "../space/encode";
import type { Architecture } from "../space/kinds";
import type { MicroSettings } from "../space/micro/settings";
import type { InputSize } from "../graph/builder";
import type { Graph } from "../graph/graph";
import { buildHandCrafted } from "../graph/hand-crafted/registry";
import { namedWeightsOf, type NamedWeight } from "../graph/named-weights";
import { checkSpace } from "../space/space";
import texts from "./architectures.json";
import { setting, type CaseName, type ImageSize } from "./cases";

/** The file with the architectures, which the contender in Python reads, too. */
export const architecturesFile = "architectures.json";

const settings: Partial<MicroSettings> = {
  cells: setting.cells,
  channels: setting.firstChannels,
  classes: setting.classes,
  dropout: 0,
};

const space = checkSpace({ kind: "micro", nodes: setting.nodes });

let decoded: readonly Architecture[] | null = null;

/**
 * The architectures of the benchmark: 64 of the micro space, drawn once with all choices equally likely.
 *
 * @returns Them, in order: step i takes the one with number i modulo 64.
 */
export function benchmarkArchitectures(): readonly Architecture[] {
  decoded ??= texts.map((text) => decode(space, text));
  return decoded;
}

/**
 * Builds the network of a step.
 *
 * @param step The step's number, from 0: it picks the architecture.
 * @returns The network, without dropout.
 */
export function networkOfStep(name: CaseName, size: ImageSize, step: number): Graph {
  if (name === "resnet18-step") return buildHandCrafted("ResNet-18", imagesOf(size), { classes: setting.classes });
  const architectures = benchmarkArchitectures();
  return buildNetwork(architectures[step % architectures.length]!, imagesOf(size), settings);
}

/** Lists the weights of a case, moving averages included: its network's, or those that all architectures share. */
export function weightsOfCase(name: CaseName, size: ImageSize): NamedWeight[] {
  return name === "resnet18-step"
    ? namedWeightsOf(networkOfStep(name, size, 0))
    : supernetWeightsOf(space, imagesOf(size), settings);
}

/** How ResNet-18 begins at a size, for a contender that does not build it from the graph. */
export interface Stem {
  /** Side of the first convolution's window, in pixels. */
  readonly kernel: number;
  readonly stride: number;
  /** Whether a max pool of 3×3 and stride 2 follows. */
  readonly pool: boolean;
}

/** Reads from the graph of ResNet-18 how it begins. */
export function stemOf(size: ImageSize): Stem {
  const { nodes } = networkOfStep("resnet18-step", size, 0);
  const [convolution] = nodes.flatMap(({ layer }) => (layer.kind === "convolution" ? [layer] : []));
  return {
    kernel: convolution!.size,
    stride: convolution!.stride,
    pool: nodes.some(({ layer }) => layer.kind === "max pool"),
  };
}

function imagesOf(size: ImageSize): InputSize {
  return { height: size, width: size, channels: setting.channels };
}
