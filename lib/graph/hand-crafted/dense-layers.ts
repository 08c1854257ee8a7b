import type { GraphBuilder, Value } from "../builder";
import { layers } from "../layer";

/** Numbers after each of the two dense layers. */
const units = 4096;

/**
 * Adds the two dense layers of 4096 with ReLU and dropout that AlexNet and the VGGs have between features and logits.
 * torchvision brings the last feature map to a fixed size before; here it is taken as it is, which is the same at 224
 * pixels, and saves weights that would only see copies below.
 *
 * @param builder The network.
 * @param input The last feature map, `[height, width, channels]`.
 * @param dropout The share of numbers set to zero, 0 to below 1; no dropout nodes where it is 0.
 * @param where Whether the dropout stands before each dense layer (AlexNet) or after (VGG).
 * @returns `[4096]`; nodes `head/flatten`, `head/dropout1`, `head/dense1`, `head/relu1` and so on.
 */
export function addDenseLayers(builder: GraphBuilder, input: Value, dropout: number, where: "before" | "after"): Value {
  let x = builder.add("head/flatten", layers.flatten(), input);
  for (const number of [1, 2]) {
    const drop = (value: Value) =>
      dropout > 0 ? builder.add(`head/dropout${number}`, layers.dropout({ rate: dropout }), value) : value;
    if (where === "before") x = drop(x);
    x = builder.add(`head/dense${number}`, layers.dense({ units }), x);
    x = builder.add(`head/relu${number}`, layers.activation("relu"), x);
    if (where === "after") x = drop(x);
  }
  return x;
}
