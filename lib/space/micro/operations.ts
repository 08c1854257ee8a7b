import { layers, type Layer } from "../../graph/layer";
import type { Value } from "../../graph/builder";
import type { Operation, OperationSite } from "../kind";

/**
 * The operations of the micro space, which searches for cells. Their order is their code in hashes of architectures: new ones
 * stand at the end.
 */
export const microOperations = {
  "separable 3×3": separable(3),
  "separable 5×5": separable(5),
  "average pool 3×3": pool("average pool", layers.averagePool({ size: 3, stride: 1 })),
  "max pool 3×3": pool("max pool", layers.maxPool({ size: 3, stride: 1 })),
  identity: { family: "identity", hasWeights: false, build: (_, input) => input },
} as const satisfies Record<string, Operation>;

/** An operation of the micro space. */
export type MicroOperation = keyof typeof microOperations;

/**
 * Those of the published search (Pham, Guan, Zoph, Le and Dean, "Efficient neural architecture search via parameter sharing",
 * ICML 2018), in its order.
 */
export const publishedMicroOperations: readonly MicroOperation[] = [
  "separable 3×3",
  "separable 5×5",
  "average pool 3×3",
  "max pool 3×3",
  "identity",
];

function pool(family: Operation["family"], layer: Layer): Operation {
  return { family, hasWeights: false, build: ({ builder, name }, input) => builder.add(name(), layer, input) };
}

// Twice ReLU, a depthwise and a 1×1 convolution, and batch normalisation, as published.
function separable(size: number): Operation {
  const half = ({ builder, norm }: OperationSite, place: string, input: Value) => {
    const positive = builder.add(`${place}/relu`, layers.activation("relu"), input);
    const filtered = builder.add(`${place}/depthwise`, layers.depthwise({ size }), positive);
    const mixed = layers.convolution({ size: 1, filters: input.shape[2]! });
    return builder.add(`${place}/norm`, norm, builder.add(`${place}/pointwise`, mixed, filtered));
  };
  return {
    family: "separable convolution",
    hasWeights: true,
    build: (site, input) => half(site, site.name("half1"), half(site, site.name("half0"), input)),
  };
}
