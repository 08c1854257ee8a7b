import { startGraph, type InputSize, type Value } from "../../lib/graph/builder";
import { withoutAuxiliary, type Graph } from "../../lib/graph/graph";
import { handCraftedNetworks } from "../../lib/graph/hand-crafted/registry";
import { activationFunctions, layers } from "../../lib/graph/layer";
import { buildUNet } from "../../lib/graph/u-net";
import type { WeightNumbers } from "../../lib/onnx/translate";
import { stockForward } from "../../lib/networks/model/stock-forward";
import type { WeightBank } from "../../lib/networks/weights/weight-bank";
import { createRandom } from "../../lib/runtime/random";
import { tf } from "../../lib/runtime/tensorflow";
import { buildNetwork } from "../../lib/space/build";
import { sampleArchitecture } from "../../lib/space/sample";
import { macroSpace, microSpace, shapeSpace } from "../helpers/spaces";
import { byStock } from "../networks/helpers";

/** A network with every kind of layer, and windows that lie unevenly at every border. */
export function everyLayer(size: InputSize): Graph {
  const builder = startGraph("Every layer", size);
  const add = (...[name, layer, ...inputs]: Parameters<typeof builder.add>) => builder.add(name, layer, ...inputs);
  let x: Value = add("image", layers.convolution({ size: 3, filters: 6, bias: true }), builder.input);
  for (const name of activationFunctions) {
    const stride = name === "relu" ? 2 : 1;
    const changed = add(`${name}/conv`, layers.convolution({ size: 4, filters: 6, stride }), x);
    x = add(`${name}/norm`, layers.batchNormalisation(), add(name, layers.activation(name), changed));
  }
  const places = (["same", "valid"] as const).flatMap((padding) => [2, 3].map((window) => ({ padding, size: window })));
  const pooled = places.map((window) => {
    const place = `${window.padding}${window.size}`;
    const given = { ...window, stride: 2 };
    const depthwise = add(`${place}/depthwise`, layers.depthwise({ ...given, bias: window.size === 3 }), x);
    const most = add(`${place}/max`, layers.maxPool(given), x);
    const mean = add(`${place}/average`, layers.averagePool(given), x);
    const sum = add(`${place}/sum`, layers.add(), depthwise, most, mean, mean);
    const norm = add(`${place}/layer-norm`, layers.layerNormalisation(), sum);
    const shift = add(`${place}/shift`, layers.shift(), norm);
    return add(`${place}/both`, layers.concatenate(), shift, add(`${place}/drop`, layers.dropout({ rate: 0.5 }), sum));
  });
  const rows = pooled.map((value, index) => {
    const mean = add(`mean${index}`, layers.globalAveragePool(), value);
    const most = add(`most${index}`, layers.globalMaxPool(), value);
    const gate = add(`gate${index}`, layers.reshape([1, 1, 12]), add(`product${index}`, layers.multiply(), mean, most));
    const weighed = add(`weighed${index}`, layers.multiply(), value, gate);
    const large = index === 0 ? weighed : add(`large${index}`, layers.upsample({ factor: 1 + index }), weighed);
    return add(`flat${index}`, layers.flatten(), large);
  });
  const row = add("rows", layers.concatenate(), ...rows);
  const hidden = add("probabilities", layers.dense({ units: 9, bias: false }), row);
  const norm = add("logits", layers.batchNormalisation(), hidden);
  const scaled = add("row-norm", layers.layerNormalisation(), add("again", layers.flatten(), norm));
  const last = add("classes", layers.dense({ units: 3 }), scaled);
  return builder.finish(add("end", layers.dropout({ rate: 0.2 }), last));
}

/** Networks of every kind that this project builds, at sizes of which no border is even. */
export function allNetworks(): { name: string; graph: Graph }[] {
  const odd = { height: 65, width: 63, channels: 3 };
  const found = [microSpace(2), microSpace(5), macroSpace(4), macroSpace(8), shapeSpace()].flatMap((space, index) =>
    [1, 2, 3].map((seed) => {
      const size = { height: 30 + 7 * seed, width: 41 - 2 * seed, channels: seed };
      const graph = buildNetwork(sampleArchitecture(space, createRandom(10 * index + seed)), size);
      return { name: `${space.kind} ${index + 1}.${seed}`, graph: withoutAuxiliary(graph) };
    }),
  );
  const handCrafted = handCraftedNetworks.flatMap((network) =>
    [odd, { height: 64, width: 64, channels: 1 }].map((size) => ({
      name: `${network.name} ${size.height}×${size.width}×${size.channels}`,
      graph: withoutAuxiliary(network.build(size)),
    })),
  );
  return [
    { name: "Every layer 13×17×2", graph: everyLayer({ height: 13, width: 17, channels: 2 }) },
    ...found,
    ...handCrafted,
    { name: "U-Net 32×48×2", graph: buildUNet({ height: 32, width: 48, channels: 2 }, { channels: 4 }) },
  ];
}

/** What an ONNX file is written with in tests: numbers that would hide nothing. */
export const surroundingsOf = (graph: Graph) => {
  const channels = graph.nodes[0]!.shape[2]!;
  return {
    normalisation: {
      mean: Array.from({ length: channels }, (_, channel) => 0.3 + 0.1 * channel),
      deviation: Array.from({ length: channels }, (_, channel) => 0.8 + 0.3 * channel),
    },
    temperature: 1.7,
    documentation: "For tests",
    metadata: { sononas: "{}" },
  };
};

/** Reads weights for a file. */
export const numbersOf =
  (weights: WeightBank): WeightNumbers =>
  (node, weight) =>
    weights.of(node, weight).dataSync<"float32">();

/** What a network says of images before normalisation, by TensorFlow.js's own operations. */
export function expectedLogits(graph: Graph, weights: WeightBank, images: tf.Tensor4D): Float32Array {
  const { mean, deviation } = surroundingsOf(graph).normalisation;
  return byStock(() =>
    tf.tidy(() => {
      const normal = images.sub(tf.tensor1d(mean)).div(tf.tensor1d(deviation));
      return stockForward(graph, weights.of, normal as tf.Tensor4D).output.dataSync<"float32">();
    }),
  );
}

/**
 * Makes the weights of the last layer smaller where they give large logits, as those of found networks with random weights
 * are: a difference would then be seen neither in them nor in the probabilities.
 */
export function calm(graph: Graph, weights: WeightBank, images: tf.Tensor4D): void {
  const largest = Math.max(...expectedLogits(graph, weights, images).map(Math.abs));
  if (largest <= 10) return;
  for (const key of [`${graph.output}/kernel`, `${graph.output}/bias`]) {
    if (!weights.keys.includes(key)) continue;
    const less = tf.tidy(() => tf.mul(weights.get(key), 5 / largest));
    weights.get(key).assign(less);
    less.dispose();
  }
}

/** Images as ONNX takes them, `[batch, channels, height, width]`. */
export const planesOf = (images: tf.Tensor4D): Float32Array =>
  tf.tidy(() => tf.transpose(images, [0, 3, 1, 2]).dataSync<"float32">());
