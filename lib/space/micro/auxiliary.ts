import type { GraphBuilder, Value } from "../../graph/builder";
import { layers, type BatchNormalisation } from "../../graph/layer";

/**
 * Adds the auxiliary head: ReLU, average pool 5×5 of stride 3, a 1×1 convolution to 128 channels, a convolution over what
 * remains to 768 channels, each with batch normalisation and ReLU, the mean over the image, and logits (the authors' code
 * of Pham et al. 2018, `micro_child.py`).
 *
 * Where the image has fewer than 5 × 5 pixels there, the pool takes its whole shorter side. The last convolution is as
 * wide as the shorter side that remains, 2 pixels with images of 32 × 32, but at most 4:
 * with large images nearly all weights of the network would be there.
 *
 * @param builder The network.
 * @param input `[height, width, channels]`, any size.
 * @param classes How many.
 * @param bias Whether a number is added to each logit.
 * @returns The auxiliary logits, `[classes]`.
 */
export function addAuxiliary(
  builder: GraphBuilder,
  input: Value,
  classes: number,
  bias: boolean,
  norm: BatchNormalisation,
): Value {
  const narrow = (value: Value, most: number) => Math.min(most, value.shape[0]!, value.shape[1]!);
  const convolve = (part: string, value: Value, size: number, filters: number) => {
    const convolved = builder.add(`auxiliary/${part}/convolution`, layers.convolution({ size, filters }), value);
    const normalised = builder.add(`auxiliary/${part}/norm`, norm, convolved);
    return builder.add(`auxiliary/${part}/relu`, layers.activation("relu"), normalised);
  };
  let value = builder.add("auxiliary/relu", layers.activation("relu"), input);
  const pool = layers.averagePool({ size: narrow(value, 5), stride: 3, padding: "valid" });
  value = builder.add("auxiliary/pool", pool, value);
  value = convolve("squeeze", value, 1, 128);
  value = convolve("widen", value, narrow(value, 4), 768);
  value = builder.add("auxiliary/average", layers.globalAveragePool(), value);
  return builder.add("auxiliary/logits", layers.dense({ units: classes, bias }), value);
}
