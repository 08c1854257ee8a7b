import { startGraph } from "../../../lib/graph/builder";
import type { InputSize } from "../../../lib/graph/builder";
import type { Graph } from "../../../lib/graph/graph";
import { activationFunctions, layers } from "../../../lib/graph/layer";
import type { Layer } from "../../../lib/graph/layer";
import { createRandom } from "../../../lib/runtime/random";
import { tf } from "../../../lib/runtime/tensorflow";
import type { WeightSource } from "../../../lib/networks/model/stock-forward";
import { layerNameOf } from "../../../lib/networks/model/layer-name";

/** An image neither square nor even. */
export const oddSize: InputSize = { height: 9, width: 7, channels: 3 };

/** A network of one layer that takes an image, and what makes logits of it. */
export function oneLayer(layer: Layer, size: InputSize = oddSize): Graph {
  const graph = startGraph("One layer", size);
  const value = graph.add("it", layer, graph.input);
  const row = value.shape.length === 3 ? graph.add("flat", layers.flatten(), value) : value;
  return graph.finish(graph.add("logits", layers.dense({ units: 2 }), row));
}

/** Every layer that takes one image, by what a test may call it; windows in all strides and borders. */
export function imageLayers(): Record<string, Layer> {
  const found: Record<string, Layer> = {};
  for (const padding of ["same", "valid"] as const) {
    for (const stride of [1, 2]) {
      const name = (kind: string) => `${kind}, stride ${stride}, ${padding}`;
      found[name("convolution")] = layers.convolution({ size: 3, filters: 4, stride, padding, bias: stride === 2 });
      found[name("depthwise")] = layers.depthwise({ size: 5, stride, padding, bias: stride === 1 });
      found[name("max pool")] = layers.maxPool({ size: 3, stride, padding });
      found[name("average pool")] = layers.averagePool({ size: 3, stride, padding });
    }
  }
  for (const name of activationFunctions) found[name] = layers.activation(name);
  return {
    ...found,
    "batch normalisation": layers.batchNormalisation({ epsilon: 0.01, momentum: 0.8 }),
    "layer normalisation": layers.layerNormalisation(),
    "global average pool": layers.globalAveragePool(),
    "global max pool": layers.globalMaxPool(),
    flatten: layers.flatten(),
    "dropout of rate 0": layers.dropout({ rate: 0 }),
    "drop-path of rate 0": layers.dropout({ rate: 0, unit: "image" }),
    shift: layers.shift(),
    "upsample by 2": layers.upsample(),
    "upsample by 3": layers.upsample({ factor: 3 }),
    "a sum of one": layers.add(),
    "one concatenated": layers.concatenate(),
  };
}

/** A network with every kind of layer, several inputs, an auxiliary head. */
export function wholeGraph(dropout = 0): Graph {
  const graph = startGraph("Whole-1", oddSize);
  const add: typeof graph.add = (...given) => graph.add(...given);
  const stem = add("stem/convolution", layers.convolution({ size: 3, filters: 4 }), graph.input);
  const norm = add("stem/norm", layers.batchNormalisation(), stem);
  const left = add("left/relu", layers.activation("relu"), norm);
  const deep = add("left/depthwise", layers.depthwise({ size: 3, stride: 2, constant: 0.1 }), left);
  const right = add("right/shift", layers.shift(), norm);
  const pooled = add("right/pool", layers.maxPool({ size: 3, stride: 2 }), right);
  const sum = add("sum", layers.add(), deep, pooled);
  const mean = add("gate/mean", layers.globalAveragePool(), sum);
  const narrow = add("gate/dense", layers.dense({ units: 4 }), mean);
  const gate = add("gate/sigmoid", layers.activation("sigmoid"), narrow);
  const scale = add("gate/image", layers.reshape([1, 1, 4]), gate);
  const gated = add("gated", layers.multiply(), sum, scale);
  const dropped = add("drop-path", layers.dropout({ rate: dropout, unit: "image" }), gated);
  const both = add("both", layers.concatenate(), dropped, sum, pooled);
  const calm = add("calm", layers.layerNormalisation(), both);
  const smooth = add("smooth", layers.activation("gelu"), calm);
  const average = add("average", layers.averagePool({ size: 3, stride: 2 }), smooth);
  const row = add("row", layers.flatten(), average);
  const thin = add("dropout", layers.dropout({ rate: dropout }), row);
  const output = add("logits", layers.dense({ units: 3, bias: false }), thin);
  const side = add("auxiliary/mean", layers.globalAveragePool(), left);
  return graph.finish(output, add("auxiliary/logits", layers.dense({ units: 3 }), side));
}

/** Random images. */
export function images(count: number, { height, width, channels }: InputSize = oddSize, seed = 3): tf.Tensor4D {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: count * height * width * channels }, () => random.normal());
  return tf.tensor4d(values, [count, height, width, channels]);
}

/** Gives every weight of a model a random value, so that none has one that hides a mistake: a variance above 0. */
export function shuffleWeights(model: tf.LayersModel, seed = 4): void {
  const random = createRandom(seed);
  const weights = model.getWeights().map(({ shape, size }) => {
    return tf.tensor(
      Float32Array.from({ length: size }, () => random.uniform(0.2, 0.8)),
      shape,
    );
  });
  model.setWeights(weights);
  tf.dispose(weights);
}

/** The weights of a model by the names of nodes. */
export function weightsOfModel(model: tf.LayersModel): WeightSource {
  return (node, weight) => {
    const found = model.getLayer(layerNameOf(node)).weights.find((one) => one.originalName.endsWith(`/${weight}`));
    return found!.read();
  };
}

/** The largest difference of two tensors' numbers; NaN where one is. */
export function difference(one: tf.Tensor, other: tf.Tensor): number {
  return tf.tidy(() => tf.sub(one, other).abs().max().dataSync()[0]!);
}
