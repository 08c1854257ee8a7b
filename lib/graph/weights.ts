import type { Layer, Shape } from "./layer";

/** How a weight starts. */
export type InitialValue = "he normal" | "glorot uniform" | number;

/** A weight of a layer. */
export interface WeightSpecification {
  /** What it is called within its layer, as TensorFlow.js calls it: "kernel", "gamma". */
  readonly name: string;
  /** Its shape, as TensorFlow.js lays it out: `[height, width, inputs, outputs]` for a kernel. */
  readonly shape: readonly number[];
  /** How it starts: a distribution or one number. */
  readonly initial: InitialValue;
  /** How many numbers are summed up with it, for the distribution's width. */
  readonly fanIn: number;
  /** Whether training changes it; the moving averages of a batch normalisation are not trained. */
  readonly trainable: boolean;
}

/**
 * Lists the weights of a layer, in the order in which TensorFlow.js keeps them.
 *
 * @param inputs The shapes of its inputs, without the batch.
 * @returns The weights; none for most layers.
 */
export function weightsOf(layer: Layer, inputs: readonly Shape[]): WeightSpecification[] {
  const features = inputs[0]?.at(-1) ?? 0;
  switch (layer.kind) {
    case "convolution": {
      const { size, filters } = layer;
      const kernel = weight("kernel", [size, size, features, filters], "he normal", size * size * features);
      return layer.bias ? [kernel, weight("bias", [filters], 0)] : [kernel];
    }
    case "depthwise convolution": {
      const { size, constant } = layer;
      const kernel = weight("depthwise_kernel", [size, size, features, 1], constant ?? "he normal", size * size);
      return layer.bias ? [kernel, weight("bias", [features], 0)] : [kernel];
    }
    case "batch normalisation":
      return [
        weight("gamma", [features], 1),
        weight("beta", [features], 0),
        { ...weight("moving_mean", [features], 0), trainable: false },
        { ...weight("moving_variance", [features], 1), trainable: false },
      ];
    case "layer normalisation":
      return [weight("gamma", [features], 1), weight("beta", [features], 0)];
    case "dense": {
      const kernel = weight("kernel", [features, layer.units], "glorot uniform", features);
      return layer.bias ? [kernel, weight("bias", [layer.units], 0)] : [kernel];
    }
    case "activation":
    case "add":
    case "average pool":
    case "concatenate":
    case "dropout":
    case "flatten":
    case "global average pool":
    case "global max pool":
    case "input":
    case "max pool":
    case "multiply":
    case "reshape":
    case "shift":
    case "upsample":
      return [];
  }
}

function weight(name: string, shape: number[], initial: InitialValue, fanIn = 1): WeightSpecification {
  return { name, shape, initial, fanIn, trainable: true };
}
