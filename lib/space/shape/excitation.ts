import type { GraphBuilder, Value } from "../../graph/builder";
import { layers } from "../../graph/layer";

/** How many channels there are for each number that their means are squeezed to. */
const ratio = 4;

/**
 * Adds a squeeze-and-excitation: weighs each channel by what the means of all channels say (Hu, Shen and Sun,
 * "Squeeze-and-excitation networks", CVPR 2018): `pool`, `reduce`, `relu`, `expand`, `sigmoid`, `reshape`, `product`.
 *
 * @param builder The network.
 * @param place Where.
 * @param input `[height, width, channels]`.
 * @returns The same shape.
 */
export function addExcitation(builder: GraphBuilder, place: string, input: Value): Value {
  const channels = input.shape[2]!;
  let gate = builder.add(`${place}/pool`, layers.globalAveragePool(), input);
  gate = builder.add(`${place}/reduce`, layers.dense({ units: Math.ceil(channels / ratio) }), gate);
  gate = builder.add(`${place}/relu`, layers.activation("relu"), gate);
  gate = builder.add(`${place}/expand`, layers.dense({ units: channels }), gate);
  gate = builder.add(`${place}/sigmoid`, layers.activation("sigmoid"), gate);
  gate = builder.add(`${place}/reshape`, layers.reshape([1, 1, channels]), gate);
  return builder.add(`${place}/product`, layers.multiply(), input, gate);
}
