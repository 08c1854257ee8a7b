import type { Value } from "../../graph/builder";
import { layers, type Layer } from "../../graph/layer";
import type { Operation, OperationSite } from "../kind";

/**
 * The operations of the macro space, which searches for whole networks; each begins with a 1×1 convolution, as published, and
 * so has weights. Their order is their code in hashes of architectures: new ones stand at the end.
 */
export const macroOperations = {
  "convolution 3×3": convolution(3),
  "separable 3×3": separable(3),
  "convolution 5×5": convolution(5),
  "separable 5×5": separable(5),
  "average pool 3×3": pool("average pool", layers.averagePool({ size: 3, stride: 1 })),
  "max pool 3×3": pool("max pool", layers.maxPool({ size: 3, stride: 1 })),
} as const satisfies Record<string, Operation>;

/** An operation of the macro space. */
export type MacroOperation = keyof typeof macroOperations;

/**
 * Those of the published search (Pham, Guan, Zoph, Le and Dean, "Efficient neural architecture search via parameter sharing",
 * ICML 2018), in its order.
 */
export const publishedMacroOperations: readonly MacroOperation[] = [
  "convolution 3×3",
  "separable 3×3",
  "convolution 5×5",
  "separable 5×5",
  "average pool 3×3",
  "max pool 3×3",
];

function convolution(size: number): Operation {
  return {
    family: "convolution",
    hasWeights: true,
    build(site, input) {
      const value = squeeze(site, input);
      const layer = layers.convolution({ size, filters: input.shape[2]! });
      return finish(site, ["norm", "relu"], site.builder.add(site.name("convolution"), layer, value));
    },
  };
}

function separable(size: number): Operation {
  return {
    family: "separable convolution",
    hasWeights: true,
    build(site, input) {
      const value = squeeze(site, input);
      const filtered = site.builder.add(site.name("depthwise"), layers.depthwise({ size }), value);
      const mixed = layers.convolution({ size: 1, filters: input.shape[2]! });
      return finish(site, ["norm", "relu"], site.builder.add(site.name("pointwise"), mixed, filtered));
    },
  };
}

function pool(family: Operation["family"], layer: Layer): Operation {
  return {
    family,
    hasWeights: true,
    build: (site, input) => site.builder.add(site.name("pool"), layer, squeeze(site, input)),
  };
}

function squeeze(site: OperationSite, input: Value): Value {
  const layer = layers.convolution({ size: 1, filters: input.shape[2]! });
  return finish(site, ["squeeze-norm", "squeeze-relu"], site.builder.add(site.name("squeeze"), layer, input));
}

function finish({ builder, norm, name }: OperationSite, [first, second]: readonly [string, string], value: Value) {
  return builder.add(name(second), layers.activation("relu"), builder.add(name(first), norm, value));
}
